package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The headers that services get for a client behind proxies; {@code ForwardedClientTest} has the many forms. */
@QuarkusTest
class TrustedProxyTest extends GatewayTest {

    private static final String PROXY = "127.0.0.2";

    @Override
    RawClient connect() throws IOException {
        return new RawClient(gateway.getPort(), PROXY);
    }

    @Test
    void shouldForwardTheClientAndNoForgedHeaders() throws IOException {
        List<String> seen = seen("X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Forwarded-For: 10.1.1.1\r\n"
                + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example\r\nX-Forwarded-Port: 443\r\n");

        assertEquals(
                List.of(
                        "Forwarded: for=203.0.113.7;proto=https;host=\"chat.example\"",
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Host: chat.example",
                        "X-Forwarded-Proto: https"),
                seen);
    }

    @Test
    void shouldFormatIpv6AddressesForEachHeader() throws IOException {
        List<String> seen = seen("X-Forwarded-For: [2001:DB8::1]:4711\r\n");

        assertTrue(seen.contains("X-Forwarded-For: 2001:db8::1"), seen.toString());
        assertTrue(seen.contains("Forwarded: for=\"[2001:db8::1]\";proto=http;host=\"heliograph.example\""));
    }

    @Test
    void shouldIgnoreTheOtherKindOfHeader() throws IOException {
        List<String> seen = seen("Forwarded: for=6.6.6.6;proto=https;host=evil.example\r\n");

        assertTrue(seen.contains("X-Forwarded-For: " + PROXY), seen.toString());
        assertTrue(seen.contains("X-Forwarded-Proto: http"));
        assertTrue(seen.contains("X-Forwarded-Host: heliograph.example"));
    }

    @Test
    void shouldBoundTheHopsOfALongList() throws IOException {
        List<String> seen = seen("X-Forwarded-For: 6.6.6.6" + ", 10.1.1.1".repeat(800) + "\r\n");

        assertTrue(seen.contains("X-Forwarded-For: 10.1.1.1"), seen.toString());
    }

    @Test
    void shouldNotTrustAnotherPeer() throws IOException {
        List<String> seen;
        try (RawClient outsider = new RawClient(gateway.getPort(), "127.0.0.3")) {
            seen = seen(outsider.send(request("GET", "/api/rooms/echo", "X-Forwarded-For: 6.6.6.6\r\n"))
                    .read());
        }

        assertTrue(seen.contains("X-Forwarded-For: 127.0.0.3"), seen.toString());
    }

    /** What the service got that speaks of where the request came from. */
    private List<String> seen(String headers) throws IOException {
        return seen(get("/api/rooms/echo", headers));
    }

    private static List<String> seen(Answer answer) {
        JsonObject echo = new JsonObject(answer.body());
        return echo.getJsonArray("headers").stream()
                .map(Object::toString)
                .flatMap(header -> header.contains("orwarded") ? Stream.of(header) : Stream.empty())
                .sorted()
                .toList();
    }
}
