package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.PackagedService;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayStartTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HELIOGRAPH_GATEWAY_ROUTES_ROOMS_UPSTREAM   | nobody | heliograph.gateway.routes.rooms.upstream: there is no upstream "nobody"
            HELIOGRAPH_GATEWAY_ROUTES_ROOMS_REWRITE    | rooms  | heliograph.gateway.routes.rooms.rewrite: "rooms" is not a valid path
            HELIOGRAPH_GATEWAY_ROUTES_OTHER_ACCESS     | public | heliograph.gateway.routes.other: needs either an upstream or a local target
            HELIOGRAPH_TOKENS_JWKS_URL                 | ''     | heliograph.tokens.jwks-url: no issuer of tokens is configured
            HELIOGRAPH_GATEWAY_CONFIG_FILE             | /none  | heliograph.gateway.config-file: /none cannot be read
            """)
    void shouldReportTheKeyAndTheReasonOfAnInvalidSetting(String variable, String value, String message) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", "http://localhost:1/.well-known/jwks.json");
        environment.put(variable, value);

        try (PackagedService gateway = PackagedService.start("gateway-service", environment)) {
            assertEquals(1, gateway.end(), gateway::output);
            assertTrue(gateway.output().contains(message), gateway::output);
        }
    }
}
