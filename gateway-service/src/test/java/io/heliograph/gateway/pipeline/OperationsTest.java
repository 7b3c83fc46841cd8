package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationsTest extends GatewayTest {

    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export) .* from \"([./][^\"]+)\";$");

    @ParameterizedTest
    @ValueSource(strings = {"started", "live", "ready"})
    void shouldBeHealthyWhileServicesAreUnavailable(String check) throws IOException {
        get("/api/previews/x");

        assertTrue(management("/health/" + check).contains("\"UP\""));
    }

    @Test
    void shouldCountRequestsByRouteAndOutcome() throws IOException {
        get("/api/rooms/echo");
        get("/api/previews/x");
        get("/api/made-up-" + ADA);

        String metrics = metrics();

        for (String meter : List.of(
                "heliograph_gateway_requests_total{outcome=\"answered\",route=\"/api/rooms\",}",
                "heliograph_gateway_requests_total{outcome=\"upstream_unreachable\",route=\"/api/previews\",}",
                "heliograph_gateway_requests_total{outcome=\"not_found\",route=\"NOT_FOUND\",}",
                "heliograph_event_loop_lag_seconds{loop=\"0\",}",
                "heliograph_gateway_log_dropped_total 0.0",
                "heliograph_gateway_websockets_limit 20000.0",
                "heliograph_drain_overdue 0.0",
                "heliograph_gateway_upstream_seconds_bucket{route=\"/api/rooms\",le=\"0.005\",}",
                "http_server_requests_seconds_bucket{method=\"GET\",outcome=\"SUCCESS\",status=\"200\","
                        + "uri=\"/api/rooms\",le=\"0.1\",}")) {
            assertTrue(metrics.contains(meter), meter);
        }
        assertFalse(metrics.contains("made-up"));
    }

    @Test
    void shouldCountOpenWebSocketsAndRequests() throws IOException {
        TestBounds.halfClosedTimeout(GONE);
        try (RawClient socket = connect();
                RawClient slow = connect()) {
            socket.send(upgrade("/api/jobs/tunnel")).readHead();
            slow.send(request("GET", "/api/rooms/silent"));

            await().until(() -> metrics().contains("heliograph_gateway_websockets 1.0"));
            await().until(() -> metrics().contains("heliograph_gateway_in_flight 1.0"));
        }

        await().until(() -> metrics().contains("heliograph_gateway_websockets 0.0"));
        await().until(() -> metrics().contains("heliograph_gateway_in_flight 0.0"));
    }

    @Test
    void shouldServeAPageWithoutForeignResources() throws IOException {
        Answer page = exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        String policy = page.header("Content-Security-Policy");

        assertEquals(200, page.status());
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        assertEquals(List.of("no-cache"), page.all("Cache-Control"));
        assertNotNull(page.header("X-Request-Id"));
        assertNotNull(page.header("Server-Timing"));
        assertEquals("DENY", page.header("X-Frame-Options"));
        assertFalse(page.body().contains("://"), "an address of elsewhere");
        assertFalse(page.body().contains(" style=") || page.body().contains(" onclick="), "something inline");
        for (String file : List.of("/chat.js", "/chat.css", "/ui/theme.css", "/chat/messages.css", "/icon.svg")) {
            assertTrue(page.body().contains(file));
            assertEquals(
                    200,
                    exchange("GET " + file + " HTTP/1.1\r\nHost: h\r\n\r\n").status());
        }
    }

    @Test
    void shouldServeEachModuleOfThePage() throws IOException {
        Set<String> modules = new HashSet<>();
        Deque<String> imported = new ArrayDeque<>(List.of("/chat.js"));
        while (!imported.isEmpty()) {
            String module = imported.pop();
            if (modules.add(module)) {
                Answer script = exchange("GET " + module + " HTTP/1.1\r\nHost: h\r\n\r\n");
                assertEquals(200, script.status(), module);
                URI address = URI.create(module);
                IMPORT.matcher(script.body())
                        .results()
                        .forEach(match ->
                                imported.add(address.resolve(match.group(1)).toString()));
            }
        }

        assertTrue(modules.contains("/chat/job-dialog.js"), modules.toString());
        assertTrue(modules.contains("/client/connection.js"), modules.toString());
    }
}
