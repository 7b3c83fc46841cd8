package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {

    private static final ServiceProcess.Launch LAUNCH =
            new ServiceProcess.Launch("message", List.of("sleep", "600"), Map.of(), 0, 0);

    private final Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);

    @Test
    void shouldStartNoSecondProcessWhileOneRuns() {
        try (ServiceProcess service = new ServiceProcess(LAUNCH, console).start()) {
            long first = service.handle().pid();

            service.start();

            assertEquals(first, service.handle().pid());
        }
    }

    @Test
    void shouldStartAgainAfterItEnded() {
        try (ServiceProcess service = new ServiceProcess(LAUNCH, console).start()) {
            long first = service.handle().pid();
            service.kill();

            service.start();

            assertNotEquals(first, service.handle().pid());
        }
    }
}
