package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the scripts of "helm test" against this installation. */
@ExtendWith(RunningHeliograph.class)
class ChartTestsTest {

    private final Heliograph heliograph;

    ChartTestsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Heliograph.home().resolve("helm/heliograph/tests"))) {
            return files.sorted().toList();
        }
    }

    @BeforeAll
    static void needCurl() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "curl")));
        assumeTrue(there, "curl is not installed, so the tests of the chart are not tried");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldPassOnARunningInstallation(Path script) throws Exception {
        assertEquals("0: ", run(script, heliograph.gateway().address().toString()));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldFailWithoutARunningInstallation(Path script) throws Exception {
        assertFalse(run(script, "http://localhost:1").startsWith("0:"));
    }

    /** Monitoring repeats them every minute; scripts that wait for an event are left out. */
    @ParameterizedTest
    @MethodSource("scripts")
    void shouldPassWhenRepeatedOften(Path script) throws Exception {
        assumeFalse(Files.readString(script).contains("Upgrade: websocket"));

        for (int i = 0; i < 12; i++) {
            assertEquals("0: ", run(script, heliograph.gateway().address().toString()));
        }
    }

    private static String run(Path script, String gateway) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", Files.readString(script)).redirectErrorStream(true);
        builder.environment().put("GATEWAY", gateway);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + output;
    }
}
