package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayStartTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HELIOGRAPH_GATEWAY_ROUTES_ROOMS_UPSTREAM   | nobody | heliograph.gateway.routes.rooms.upstream: there is no upstream "nobody"
            HELIOGRAPH_GATEWAY_ROUTES_ROOMS_REWRITE    | rooms  | heliograph.gateway.routes.rooms.rewrite: "rooms" is no path
            HELIOGRAPH_GATEWAY_ROUTES_OTHER_ACCESS     | open   | heliograph.gateway.routes.other: needs either an upstream or a local target
            HELIOGRAPH_GATEWAY_CONFIG_FILE             | /none  | heliograph.gateway.config-file: /none cannot be read
            """)
    void shouldNotStartWithAMistakeButNameItsKeyAndTheReason(String variable, String value, String message)
            throws IOException, InterruptedException {
        Path jar = Heliograph.home().resolve("gateway-service/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder("java", "-jar", jar.toString()).redirectErrorStream(true);
        builder.environment().put(variable, value);
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");

        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, process.waitFor(), output);
        assertTrue(output.contains(message), output);
    }
}
