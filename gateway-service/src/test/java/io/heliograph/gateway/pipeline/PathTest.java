package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PathTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/rooms/../users/me",
                "/api/rooms/%2e%2e/users/me",
                "/api/rooms/.%2E/users/me",
                "/api/rooms/./x",
                "/api/rooms/x/..",
                "/api/rooms//x",
                "//api/rooms/x",
                "/api//rooms",
                "/api/rooms/a%2fb",
                "/api/rooms/a%2Fb",
                "/api/rooms/a%5cb",
                "/api/rooms/%252e%252e/x",
                "/api/rooms/a%00b",
                "/api/rooms/a%0d%0aX-Evil:1",
                "/api/rooms/..;/users",
                "/api/rooms;a=b/x",
                "/api/rooms/x#y",
                "/api/rooms/caf\u00e9",
                "/api/auth/login/../../users/me",
                "/../api/rooms/x",
                "/%2e%2e/api/rooms/x",
                "*"
            })
    void shouldRejectAnAmbiguousPath(String path) throws IOException {
        int before = good.requests();

        Answer answer = get(path);

        assertEquals(400, answer.status());
        assertEquals("ambiguous_path", code(answer));
        assertEquals(before, good.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms/a\\b", "/api/rooms/%zz", "/api/rooms/%2", "/api/rooms/<x>", "/%zz", "/x?q=%zz"})
    void shouldNotForwardInvalidAddresses(String path) throws IOException {
        int before = good.requests();

        Answer answer = get(path);

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
        assertEquals(before, good.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/rooms/x/",
                "/api/rooms/...",
                "/api/rooms/x..y",
                "/api/rooms/messages/7/reactions/%F0%9F%91%8D",
                "/api/rooms/~a-b_c.d:e@f!$&'()*+,=",
                "/api/rooms?next=/../x//y%2f;z"
            })
    void shouldForwardTheMatchedPathUnchanged(String path) throws IOException {
        Answer answer = get(path);

        assertEquals(path, new JsonObject(answer.body()).getString("uri"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "/api/rooms?q=a|b /api/rooms?q=a%7Cb",
                "/api/rooms?q={a}^`\\\"<> /api/rooms?q=%7Ba%7D%5E%60%5C%22%3C%3E",
                "/api/rooms?q=%7C|%257C /api/rooms?q=%7C%7C%257C",
                "/api/rooms?q[]=a /api/rooms?q[]=a",
                "/api/rooms/a|b^{c}`[d] /api/rooms/a%7Cb%5E%7Bc%7D%60%5Bd%5D",
                "/api/rooms?a?b|c /api/rooms?a?b%7Cc"
            })
    void shouldEncodeCharactersThatBrowsersSendUnencoded(String target, String forwarded) throws IOException {
        assertEquals(forwarded, new JsonObject(get(target).body()).getString("uri"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api", "/api/", "/api/nothing", "/api/roomsx", "/api/%72ooms", "/apix", "/q/metrics", "/x.js"})
    void shouldRejectOtherRoutes(String path) throws IOException {
        Answer answer = get(path);

        assertEquals(404, answer.status());
        assertEquals("not_found", code(answer));
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(answer.header("X-Request-Id"), new JsonObject(answer.body()).getString("requestId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "BREW"})
    void shouldRejectOtherMethods(String method) throws IOException {
        Answer answer = exchange(request(method, "/api/rooms/echo"));

        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", answer.header("Allow"));
    }

    @Test
    void shouldRejectARequestWithoutAHost() throws IOException {
        Answer answer = exchange("GET /api/rooms/echo HTTP/1.1\r\n" + bearer() + "\r\n");

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @Test
    void shouldAcceptAQueryOfFiveHundredIds() throws IOException {
        String ids = (ADA + ",").repeat(500);

        assertEquals(200, get("/api/users?ids=" + ids).status());
    }

    @Test
    void shouldRejectALongRequestTarget() throws IOException {
        Answer answer = get("/api/rooms/echo?q=" + "x".repeat(30_000));

        assertEquals(414, answer.status());
        assertEquals("uri_too_long", code(answer));
    }

    @Test
    void shouldRejectLargeHeaders() throws IOException {
        Answer answer = get("/api/rooms/echo", "X-Large: " + "x".repeat(20_000) + "\r\n");

        assertEquals(431, answer.status());
        assertEquals("headers_too_large", code(answer));
    }

    /** Large requests are rejected before the token is verified. */
    @Test
    void shouldRejectLargeHeadersOfEveryClient() throws IOException {
        String head = "GET /api/rooms HTTP/1.1\r\nHost: a\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n";

        assertEquals("headers_too_large", code(exchange(head)));
    }

    @Test
    void shouldBoundRequestTargetsAndHeaders() throws IOException {
        assertEquals(414, get("/api/rooms/" + "x".repeat(70_000)).status());
        assertEquals(
                431,
                get("/api/rooms/x", "X-Large: " + "x".repeat(70_000) + "\r\n").status());
    }
}
