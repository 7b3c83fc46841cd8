package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitTest extends GatewayTest {

    private String someone;

    @BeforeEach
    void beSomeone() {
        someone = token(UUID.randomUUID());
    }

    @Test
    void shouldSendRateLimitHeaders() throws IOException {
        Answer first = call("GET /api/limited/echo", someone);
        Answer second = call("GET /api/limited/echo", someone);

        assertEquals(200, first.status());
        assertEquals("\"three\";q=3;w=60", first.header("RateLimit-Policy"));
        assertEquals("\"three\";r=2;t=60", first.header("RateLimit"));
        assertTrue(second.header("RateLimit").startsWith("\"three\";r=1;t="), second.header("RateLimit"));
        assertNull(second.header("Retry-After"));
    }

    @Test
    void shouldRejectExcessRequestsWithRetryAfter() throws IOException {
        int before = good.requests();
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, call("GET /api/limited/echo", someone).status());
        }

        Answer over = call("GET /api/limited/echo", someone);
        Answer still = call("GET /api/limited/echo", someone);
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

        for (Answer refused : new Answer[] {over, still}) {
            assertEquals(429, refused.status());
            assertEquals("rate_limited", code(refused));
            assertEquals(
                    "The limit \"three\" allows 3 requests in 1m.", new JsonObject(refused.body()).getString("detail"));
            int retryAfter = Integer.parseInt(refused.header("Retry-After"));
            assertTrue(retryAfter >= 59 - elapsed && retryAfter <= 60, retryAfter + " s");
            assertEquals("\"three\";r=0;t=" + retryAfter, refused.header("RateLimit"));
        }
        assertEquals(before + 3, good.requests());
    }

    @Test
    void shouldCountEachCallerSeparately() throws IOException {
        for (int i = 0; i < 4; i++) {
            call("GET /api/limited/echo", someone);
        }

        assertEquals(
                200, call("GET /api/limited/echo", token(UUID.randomUUID())).status());
    }

    @Test
    void shouldCountCallersWithoutAValidTokenByAddress() throws IOException {
        Answer last = null;
        for (int i = 0; i < 4; i++) {
            last = call("GET /api/limited/echo", "Authorization: Bearer guess-" + i + "\r\n");
        }

        assertEquals(429, last.status());
        assertEquals(429, call("GET /api/limited/echo", "").status());
    }

    @Test
    void shouldCountConfiguredCallsOnlyAndAdmitThemAfterTheWindow() throws IOException {
        Answer first = call("GET /api/limited/burst", someone);
        Answer over = call("GET /api/limited/burst", someone);

        assertEquals("\"three\";q=3;w=60, \"burst\";q=1;w=1", first.header("RateLimit-Policy"));
        if (over.status() == 429) {
            assertEquals("1", over.header("Retry-After"));
        }
        await().until(() -> call("GET /api/limited/burst", someone).status() == 200);
    }

    @Test
    void shouldLimitTheOpeningOfWebSockets() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (RawClient client = connect()) {
                client.send(opening());
                assertEquals(101, client.readHead().status());
            }
        }

        assertEquals(429, exchange(opening()).status());
    }

    @Test
    void shouldCountRejectionsOfShadowPolicies() throws IOException {
        call("GET /api/limited/echo", someone);
        call("GET /api/limited/echo", someone);

        String metrics = metrics();

        for (String meter : new String[] {
            "heliograph_gateway_limits_total{decision=\"shadow_rejected\",policy=\"shade\",}",
            "heliograph_gateway_limits_total{decision=\"admitted\",policy=\"three\",}",
            "heliograph_gateway_limits_redis_seconds_bucket{le=\"0.005\",}",
            "heliograph_gateway_limits_batch_count",
            "heliograph_gateway_limits_local 0.0"
        }) {
            assertTrue(metrics.contains(meter), meter);
        }
    }

    @Test
    void shouldSendNoRateLimitHeadersWithoutARoute() throws IOException {
        assertNull(get("/api/unknown").header("RateLimit"));
    }

    private Answer call(String methodAndUri, String headers) throws IOException {
        return exchange(methodAndUri + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
    }

    private String opening() {
        return "GET /api/limited/socket HTTP/1.1\r\nHost: h\r\n" + someone
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private String token(UUID user) {
        return "Authorization: Bearer " + issuer.token(user, "someone") + "\r\n";
    }
}
