package io.heliograph.localstack.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Whoever starts a process unless it is alive would start none otherwise. */
    @RepeatedTest(50)
    void shouldKnowTheEndOfAProcessAfterTheWait() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        process.toHandle().destroy();

        Processes.awaitEnd(process, PATIENCE);

        assertFalse(process.isAlive());
        assertNotEquals(0, process.exitValue());
    }

    @Test
    void shouldForceTheEndOfAProcessThatIgnoresTheSignal() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        process.inputReader().readLine();
        process.toHandle().destroy();

        Processes.awaitEnd(process, Duration.ofMillis(100));

        assertFalse(process.isAlive());
    }
}
