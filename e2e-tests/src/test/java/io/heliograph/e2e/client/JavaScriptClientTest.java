package io.heliograph.e2e.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Node;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of {@code clients/javascript}, which Node.js runs, against a whole Heliograph and its faults. */
@ExtendWith(RunningHeliograph.class)
class JavaScriptClientTest {

    /** Parts of the paths of the tests that are run, separated by commas; all by default. */
    private static final String TESTS = System.getProperty("heliograph.javascript.tests", "");

    private static final Path CLIENT = Heliograph.home().resolve("clients/javascript");

    private final Heliograph heliograph;

    JavaScriptClientTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeAll
    static void needsNode() {
        Node.assumeInstalled();
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldPassItsTestsThroughFaults() throws IOException {
        heliograph.awaitReady();
        Path output = Heliograph.home().resolve("e2e-tests/target/javascript-client.log");
        try (FaultControl control = FaultControl.of(heliograph)) {
            Map<String, String> environment = Map.of(
                    "HELIOGRAPH_URL", heliograph.gateway().address().toString(),
                    "HELIOGRAPH_CONTROL", control.address().toString());

            List<String> command = Stream.concat(Stream.of("test/run.js"), Stream.of(TESTS.split(",")))
                    .filter(argument -> !argument.isEmpty())
                    .toList();
            int exitCode = Node.run(CLIENT, output, environment, command);

            String printed = Files.readString(output);
            System.out.println(printed);
            assertEquals(0, exitCode, printed);
        }
    }
}
