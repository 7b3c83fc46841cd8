package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.testsupport.LogFile;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessLogTest extends GatewayTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final LogFile log = LogFile.of(Upstreams.ACCESS_LOG);

    @Test
    void shouldLogCallerTargetAndOutcomeOfARequest() throws IOException {
        String body = "twelve bytes";
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        exchange(request(
                        "POST",
                        "/api/rooms/echo?token=secret",
                        "X-Request-Id: seen-1\r\nUser-Agent: lamp \"7\"\r\nContent-Length: 12\r\n",
                        "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01\r\n")
                + body);

        JsonObject line = line("seen-1");
        assertEquals("POST", line.getString("method"));
        assertEquals("/api/rooms/echo", line.getString("path"));
        assertEquals("/api/rooms", line.getString("route"));
        assertEquals(200, line.getInteger("status"));
        assertEquals("answered", line.getString("outcome"));
        assertEquals(ADA.toString(), line.getString("user"));
        assertEquals("127.0.0.1", line.getString("client"));
        assertEquals("lamp \"7\"", line.getString("userAgent"));
        assertEquals(TRACE, line.getString("traceId"));
        assertEquals(12, line.getInteger("bytesIn"));
        assertTrue(line.getInteger("bytesOut") > 100);
        assertTrue(line.getDouble("durationMs") >= line.getDouble("upstreamMs"));
        assertTrue(line.getDouble("upstreamMs") > 0);
        Instant time = Instant.parse(line.getString("time"));
        assertFalse(time.isBefore(before) || time.isAfter(Instant.now()), line.getString("time"));
        assertFalse(log.lines().stream().anyMatch(text -> text.contains("secret") || text.contains("Bearer")));
    }

    @Test
    void shouldLogRejectionsAndFailures() throws IOException {
        exchange("GET /api/rooms/x HTTP/1.1\r\nHost: h\r\nX-Request-Id: seen-2\r\n\r\n");
        get("/api/previews/x", "X-Request-Id: seen-3\r\n");

        assertEquals("unauthenticated", line("seen-2").getString("outcome"));
        assertEquals(401, line("seen-2").getInteger("status"));
        assertEquals("upstream_unreachable", line("seen-3").getString("outcome"));
    }

    @Test
    void shouldForwardAValidTraceAndDropAnInvalidOne() throws IOException {
        String good = "00-" + TRACE + "-00f067aa0ba902b7-01";

        Answer traced = get("/api/rooms/echo", "traceparent: " + good + "\r\ntracestate: a=1,b=2\r\n");
        Answer broken = get("/api/rooms/echo", "traceparent: 00-0-0-0\r\ntracestate: a=1\r\n");

        assertTrue(traced.body().contains("traceparent: " + good));
        assertTrue(traced.body().contains("tracestate: a=1,b=2"));
        assertFalse(broken.body().contains("trace"), broken.body());
    }

    private JsonObject line(String requestId) {
        return await().until(
                        () -> log.lines().stream()
                                .map(JsonObject::new)
                                .filter(line -> requestId.equals(line.getString("requestId")))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }
}
