package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.PackagedService;
import java.util.Map;
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
    void shouldNotStartWithAMistakeButNameItsKeyAndTheReason(String variable, String value, String message) {
        Map<String, String> environment =
                Map.of(variable, value, "QUARKUS_HTTP_PORT", "0", "QUARKUS_MANAGEMENT_PORT", "0");

        try (PackagedService gateway = PackagedService.start("gateway-service", environment)) {
            assertEquals(1, gateway.end(), gateway::output);
            assertTrue(gateway.output().contains(message), gateway::output);
        }
    }
}
