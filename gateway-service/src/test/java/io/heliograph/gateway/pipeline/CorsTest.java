package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Embedded.class)
class CorsTest extends EmbeddedTest {

    private static final String CHAT = "Origin: https://chat.example\r\n";
    private static final String EVIL = "Origin: https://evil.example\r\n";

    @Test
    void shouldRespondToAPreflightItself() throws IOException {
        int before = good.requests();

        try (RawClient client = connect()) {
            Answer answer = client.send(preflight("/api/rooms/echo", "https://chat.example"))
                    .read();

            assertEquals(204, answer.status());
            assertEquals("https://chat.example", answer.header("Access-Control-Allow-Origin"));
            assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
            assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE", answer.header("Access-Control-Allow-Methods"));
            assertTrue(answer.header("Access-Control-Allow-Headers").startsWith("Authorization, Content-Type"));
            assertEquals("600", answer.header("Access-Control-Max-Age"));
            assertEquals(List.of("Origin"), answer.all("Vary"));
            assertEquals(before, good.requests());
            assertEquals(
                    200, client.send(request("GET", "/api/rooms/echo")).read().status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://chat.example",
                "https://chat.example.evil.example",
                "https://chat.example, https://evil.example",
                "null",
                "*"
            })
    void shouldRejectAPreflightOfAnotherOrigin(String origin) throws IOException {
        Answer answer = exchange(preflight("/api/rooms/echo", origin));

        assertEquals(403, answer.status());
        assertEquals("origin_not_allowed", code(answer));
        assertNull(answer.header("Access-Control-Allow-Origin"));
        assertEquals(List.of("Origin"), answer.all("Vary"));
    }

    @Test
    void shouldAllowAPageToReadAResponseAndItsHeaders() throws IOException {
        Answer answer = get("/api/rooms/echo", "Origin: http://localhost:3000\r\n");

        assertEquals("http://localhost:3000", answer.header("Access-Control-Allow-Origin"));
        List<String> exposed =
                List.of(answer.header("Access-Control-Expose-Headers").split(", ", -1));
        assertTrue(exposed.containsAll(List.of("X-Request-Id", "RateLimit", "ETag", "Location", "Retry-After")));
    }

    @ParameterizedTest
    @CsvSource({"GET /api/rooms/echo, 401", "GET /api/nothing, 404", "TRACE /api/rooms/x, 405", "GET /api//x, 400"})
    void shouldAllowAPageToReadARejection(String call, int status) throws IOException {
        Answer answer = exchange(call + " HTTP/1.1\r\nHost: h\r\n" + CHAT + "\r\n");

        assertEquals(status, answer.status());
        assertEquals("https://chat.example", answer.header("Access-Control-Allow-Origin"));
        assertEquals(List.of("Origin"), answer.all("Vary"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/rooms/%zz HTTP/1.1, 400",
        "GET /api/rooms/<x> HTTP/1.1, 400",
        "GET //api/rooms HTTP/1.1, 400",
        "GET /nothing HTTP/1.1, 404"
    })
    void shouldAllowAPageToReadTheRejectionOfAMalformedRequest(String line, int status) throws IOException {
        Answer answer = exchange(line + "\r\nHost: h\r\n" + CHAT + "\r\n");

        assertEquals(status, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("https://chat.example", answer.header("Access-Control-Allow-Origin"));
        assertEquals(List.of("Origin"), answer.all("Vary"));

        Answer other = exchange(line + "\r\nHost: h\r\n" + EVIL + "\r\n");
        assertNull(other.header("Access-Control-Allow-Origin"));
        assertEquals(List.of("Origin"), other.all("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "If-Match", "If-None-Match", "Prefer", "Cache-Control", "traceparent"})
    void shouldAllowAPageToSendTheHeadersOfTheApi(String header) throws IOException {
        Answer answer = exchange(preflight("/api/rooms/echo", "https://chat.example"));

        assertTrue(List.of(answer.header("Access-Control-Allow-Headers").split(", ", -1))
                .contains(header));
    }

    @Test
    void shouldReplaceTheCorsHeadersOfTheService() throws IOException {
        Answer allowed = get("/api/rooms/opinions", CHAT);
        Answer other = get("/api/rooms/opinions", EVIL);

        assertEquals(List.of("https://chat.example"), allowed.all("Access-Control-Allow-Origin"));
        assertEquals(200, other.status());
        for (String name : List.of("Origin", "Credentials")) {
            assertEquals(List.of(), other.all("Access-Control-Allow-" + name));
        }
        assertEquals(List.of("Accept-Encoding", "Origin"), other.all("Vary"));
    }

    @Test
    void shouldVaryByOriginAlways() throws IOException {
        assertEquals(List.of("Origin"), get("/api/rooms/echo").all("Vary"));
    }

    @Test
    void shouldForwardOtherOptionsRequests() throws IOException {
        assertEquals(200, exchange(request("OPTIONS", "/api/rooms/echo", CHAT)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example", "https://heliograph.example", "http://HELIOGRAPH.example"})
    void shouldAllowConfiguredPagesToOpenAWebSocket(String origin) throws IOException {
        assertEquals(101, open("Origin: " + origin + "\r\n").status());
    }

    @Test
    void shouldAllowClientsWithoutOriginToOpenAWebSocket() throws IOException {
        assertEquals(101, open("").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost:3000",
                "https://heliograph.example.evil.example",
                "heliograph.example",
                "https://heliograph.example:8443"
            })
    void shouldNotAllowOtherPagesToOpenAWebSocket(String origin) throws IOException {
        Answer answer = exchange(upgrade("/api/rooms/socket", "Origin: " + origin + "\r\n"));

        assertEquals(403, answer.status());
        assertEquals("origin_not_allowed", code(answer));
    }

    private Answer open(String headers) throws IOException {
        try (RawClient client = connect()) {
            return client.send(upgrade("/api/rooms/socket", headers)).readHead();
        }
    }

    private static String preflight(String uri, String origin) {
        return "OPTIONS " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization\r\n\r\n";
    }
}
