package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two parsers could read differently. Each case ends with a request that must never be served. */
@QuarkusTest
class HostileRequestTest extends GatewayTest {

    private static final String HEAD = "POST /api/rooms/echo HTTP/1.1\r\nHost: heliograph.example\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Two lengths.
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
                // Codings that are not the one that frames.
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding: chunked;q=1\r\n",
                "Transfer-Encoding:\r\n",
                "Transfer-Encoding: \u000bchunked\r\n",
                "Transfer-Encoding:\u00a0chunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding\t: chunked\r\n",
                "X: y\rTransfer-Encoding: chunked\r\n",
                "X: y\nTransfer-Encoding: chunked\r\n",
                // Lengths that are none, or several.
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5_0\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length:\r\n",
                "Content-Length: 9223372036854775808\r\n",
                "Content-Length : 5\r\n",
                // What cannot be a matter of one connection.
                "Connection: host\r\n",
                "Connection: close, Content-Length\r\nContent-Length: 5\r\n",
                "Connection: close\r\nConnection: AUTHORIZATION\r\n",
                // Eight bytes that nothing announces, to a parser that remembers the drafts.
                "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n",
                // Hosts.
                "Host: other.example\r\n",
                "Host : other.example\r\n",
                // What a header cannot hold.
                "X-A: a\u0000b\r\n",
                "X-A: a\u0001b\r\n",
                "X-A: a\u007fb\r\n",
                "X-A\u0000: b\r\n",
                "X(A): b\r\n",
                "X A: b\r\n",
                ": b\r\n",
                "no colon\r\n",
                "X-\u00e9: b\r\n",
            })
    void shouldRejectAmbiguousRequests(String headers) throws IOException {
        assertRefused(HEAD + bearer() + headers + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/rooms/echo HTTP/1.1\nHost: h\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: h\n\n",
                "GET /api/rooms/echo HTTP/1.1\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: a,b\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\nHost: a#b\r\n\r\n",
                "GET  /api/rooms/echo HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1 x\r\nHost: h\r\n\r\n",
                "GET /api/rooms/echo\r\nHost: h\r\n\r\n",
                "GET /api/rooms/echo\r\n\r\n",
                "GET /api/rooms/a b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET\t/api/rooms/echo\tHTTP/1.1\r\nHost: h\r\n\r\n",
                "/api/rooms/echo HTTP/1.1\r\nHost: h\r\n\r\n",
                "G(T /api/rooms/echo HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.1\r\n Host: h\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /api/rooms/echo HTTP/1.0\r\nHost: h\r\nHost: i\r\n\r\n",
                "POST /api/rooms/echo HTTP/1.0\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "POST /api/rooms/echo HTTP/1.0\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
                "POST /api/rooms/echo HTTP/1.0\r\nContent-Length: 5, 5\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\r\n\r\n",
            })
    void shouldRejectMalformedRequests(String request) throws IOException {
        assertRefused(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1;x"})
    void shouldRejectOtherHttpVersions(String version) throws IOException {
        Answer answer = exchange("GET /api/rooms/echo " + version + "\r\nHost: h\r\n\r\n");

        assertEquals(505, answer.status());
        assertEquals("http_version_unsupported", code(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1\r\nx\r\n0\r\n\r\n",
                "+1\r\nx\r\n0\r\n\r\n",
                "0x1\r\nx\r\n0\r\n\r\n",
                "1_\r\nx\r\n0\r\n\r\n",
                "\r\nx\r\n0\r\n\r\n",
                "g\r\nx\r\n0\r\n\r\n",
                "7fffffffffffffff\r\nx\r\n0\r\n\r\n",
                "80000000\r\nx\r\n0\r\n\r\n",
                "100000001\r\nx\r\n0\r\n\r\n",
                "1\nx\r\n0\r\n\r\n",
                "1;a\nb\r\nx\r\n0\r\n\r\n",
                "1\r\nxy\r\n0\r\n\r\n",
                "1\r\nx\n0\r\n\r\n",
                "1 \u0000\r\nx\r\n0\r\n\r\n",
                "0\r\nX: y\nZ: a\r\n\r\n",
            })
    void shouldRejectInvalidChunks(String chunks) throws IOException {
        try (RawClient client = connect()) {
            client.send(HEAD + bearer() + "Transfer-Encoding: chunked\r\n\r\n" + chunks + smuggled());

            Answer answer = client.read();

            assertEquals(400, answer.status(), answer::toString);
            assertEquals("", client.readToEnd());
        }
        assertFalse(good.has("smuggled"));
    }

    @Test
    void shouldBoundChunkExtensions() throws IOException {
        try (RawClient client = connect()) {
            client.send(HEAD + bearer() + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(100_000) + "\r\nx\r\n");

            assertTrue(client.read().status() >= 400);
        }
    }

    @Test
    void shouldAcceptAChunkedBody() throws IOException {
        Answer answer = exchange(
                HEAD + bearer()
                        + "Transfer-Encoding: Chunked\r\n\r\n5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: y\r\n\r\n");

        assertEquals("hello world", new JsonObject(answer.body()).getString("body"));
    }

    @Test
    void shouldUnfoldAFoldedHeader() throws IOException {
        Answer answer = get("/api/rooms/echo", "X-Folded: one\r\n two\r\n\tX-Inner: three\r\n");

        JsonArray headers = new JsonObject(answer.body()).getJsonArray("headers");
        assertTrue(headers.contains("X-Folded: one two X-Inner: three"), headers::encode);
    }

    @Test
    void shouldServeAnHttp10ClientWithoutHost() throws IOException {
        try (RawClient client = connect()) {
            client.send("GET /api/rooms/echo HTTP/1.0\r\n" + bearer() + "\r\n");

            assertEquals(200, client.read().status());
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void shouldServeNoRequestAfterARejectedOne() throws IOException {
        try (RawClient client = connect()) {
            client.send(HEAD + bearer() + "Content-Length: 300000000\r\n\r\n" + smuggled());

            assertEquals(413, client.read().status());
            client.readToEnd();
        }
        assertFalse(good.has("smuggled"));
    }

    @Test
    void shouldServePipelinedRequestsInOrder() throws IOException {
        try (RawClient client = connect()) {
            StringBuilder ahead = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                ahead.append(request("GET", "/api/rooms/echo?n=" + i));
            }
            client.send(ahead.toString());

            for (int i = 0; i < 100; i++) {
                assertEquals(
                        "/api/rooms/echo?n=" + i, new JsonObject(client.read().body()).getString("uri"));
            }
        }
    }

    @Test
    void shouldBoundPipelinedRequests() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/silent"));
            String ahead = request("GET", "/api/rooms/echo").repeat(100);

            await().until(() -> isCutOff(client, ahead));
        }
    }

    private static boolean isCutOff(RawClient client, String ahead) {
        try {
            client.send(ahead);
            return false;
        } catch (IOException cutOff) {
            return true;
        }
    }

    private void assertRefused(String request) throws IOException {
        try (RawClient client = connect()) {
            client.send(request + smuggled());

            Answer answer = client.read();

            assertEquals(400, answer.status(), answer::toString);
            assertEquals("invalid_request", code(answer));
            assertEquals("close", answer.header("Connection"));
            assertEquals("", client.readToEnd());
        }
        assertFalse(good.has("smuggled"));
    }

    /** As a body of five bytes and more, and as a request. */
    private String smuggled() {
        return "0\r\n\r\nGET /api/rooms/smuggled HTTP/1.1\r\nHost: h\r\n" + bearer() + "\r\n";
    }
}
