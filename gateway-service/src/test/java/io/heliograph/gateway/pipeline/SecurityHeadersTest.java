package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The security headers of every response in the default configuration. */
@QuarkusTest
class SecurityHeadersTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms/echo", "/api/nothing", "/api/previews/away", "/api//x"})
    void shouldPreventBrowsersFromRenderingResponsesAsPages(String uri) throws IOException {
        Answer answer = get(uri);

        assertEquals(List.of("nosniff"), answer.all("X-Content-Type-Options"));
        assertEquals(List.of("default-src 'none'; frame-ancestors 'none'"), answer.all("Content-Security-Policy"));
        assertEquals(List.of("no-referrer"), answer.all("Referrer-Policy"));
    }

    @Test
    void shouldLeaveTheServiceItsOwnPolicies() throws IOException {
        Answer answer = get("/api/rooms/opinions");

        assertEquals(List.of("sandbox"), answer.all("Content-Security-Policy"));
        assertEquals(List.of("origin"), answer.all("Referrer-Policy"));
        assertEquals(List.of("nosniff"), answer.all("X-Content-Type-Options"));
    }

    @Test
    void shouldSendNoHstsAndCorsHeadersByDefault() throws IOException {
        Answer answer = get("/api/rooms/echo", "Origin: https://chat.example\r\nX-Forwarded-Proto: https\r\n");

        assertEquals(List.of(), answer.all("Strict-Transport-Security"));
        assertEquals(List.of(), answer.all("Access-Control-Allow-Origin"));
        assertTrue(answer.all("Vary").stream().noneMatch(line -> line.contains("Origin")));
    }

    @Test
    void shouldLeaveCorsToTheServiceIfDisabled() throws IOException {
        assertEquals(
                List.of("*"),
                get("/api/rooms/opinions", "Origin: https://a\r\n").all("Access-Control-Allow-Origin"));
    }

    @Test
    void shouldNotRespondToAPreflightIfDisabled() throws IOException {
        Answer answer = exchange("OPTIONS /api/rooms/echo HTTP/1.1\r\nHost: h\r\nOrigin: https://chat.example\r\n"
                + "Access-Control-Request-Method: GET\r\n\r\n");

        assertEquals(401, answer.status());
        assertTrue(answer.all("Access-Control-Allow-Origin").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null"})
    void shouldAllowAnyPageToOpenAWebSocket(String origin) throws IOException {
        try (RawClient client = connect()) {
            Answer answer = client.send(upgrade("/api/rooms/socket", "Origin: " + origin + "\r\n"))
                    .readHead();

            assertEquals(101, answer.status());
        }
    }
}
