package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.gateway.pipeline.RawHttp2.Frame;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses, chunked bodies, trailers and upgrades, in both directions. */
@QuarkusTest
@TestProfile(TightPool.class)
class MessageFormTest extends GatewayTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    RawUpstream raw;

    @Test
    void shouldForwardInterimResponses() throws IOException {
        raw.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n"
                + "Connection: X-Private\r\nX-Private: y\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK);
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/raw/x"));

            Answer hints = client.readHead();
            Answer processing = client.readHead();

            assertEquals(103, hints.status());
            assertEquals("</a.css>; rel=preload", hints.header("Link"));
            assertNull(hints.header("X-Private"));
            assertEquals(102, processing.status());
            assertEquals("ok", client.read().body());
            client.send(request("GET", "/api/raw/y"));
            assertEquals(103, client.readHead().status());
        }
    }

    @Test
    void shouldForwardInterimResponsesOfAFetchAndStoreOnlyTheFinalResponse() throws IOException {
        raw.say("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60\r\nContent-Length: 2\r\n\r\nok");
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/raw-cached/hinted"));
            Answer hints = client.readHead();
            Answer fetched = client.read();
            client.send(request("GET", "/api/raw-cached/hinted"));
            Answer stored = client.read();

            assertEquals(103, hints.status());
            assertEquals("</a.css>", hints.header("Link"));
            assertEquals("ok", fetched.body());
            assertEquals(200, stored.status());
            assertNull(stored.header("Link"));
            assertTrue(stored.header("Cache-Status").contains("hit"), stored.header("Cache-Status"));
        }
    }

    @Test
    void shouldForwardInterimResponsesOverHttp2() throws IOException {
        raw.say("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK);
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), 65_535)) {
            List<Frame> frames = client.read(client.open(true, fields("GET")));

            assertEquals(
                    List.of("103", "102", "200"),
                    frames.stream().map(Frame::status).filter(Objects::nonNull).toList());
            assertEquals("</a.css>", frames.get(0).headers().get("link").toString());
        }
    }

    @Test
    void shouldSendNoInterimResponsesToAnHttp10Client() throws IOException {
        raw.say("HTTP/1.1 103 Early Hints\r\n\r\n" + OK);
        try (RawClient client = connect()) {
            client.send("GET /api/raw/x HTTP/1.0\r\n" + bearer() + "\r\n");

            assertEquals(200, client.read().status());
        }
    }

    @Test
    void shouldBoundForwardedInterimResponses() throws IOException {
        raw.say("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1_000) + OK);
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/raw/x"));

            int interim = 0;
            while (client.readHead().status() == 103) {
                interim++;
            }

            assertTrue(interim > 0 && interim < 100, interim + " were passed on");
        }
    }

    @Test
    void shouldForwardTheTrailersOfAResponse() throws IOException {
        raw.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n"
                + "2\r\nok\r\n0\r\nX-Sum: 42\r\nContent-Length: 7\r\nSet-Cookie: a=b\r\n\r\n");

        try (RawClient client = connect()) {
            client.send(request("GET", "/api/raw/x", "TE: trailers\r\nConnection: close\r\n"));

            String answer = client.readToEnd();

            assertTrue(answer.endsWith("\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n"), answer);
        }
    }

    @Test
    void shouldForwardTrailersOverHttp2() throws IOException {
        raw.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n");
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), 65_535)) {
            List<Frame> frames = client.read(client.open(true, fields("GET")));

            Frame last = frames.get(frames.size() - 1);
            assertEquals(RawHttp2.HEADERS, last.type());
            assertEquals("42", last.headers().get("x-sum").toString());
        }
    }

    @Test
    void shouldForwardTheTrailersOfARequest() throws IOException {
        raw.say(OK);

        Answer answer = exchange(request("POST", "/api/raw/x", "Transfer-Encoding: chunked\r\n")
                + "2\r\nhi\r\n0\r\nX-Sum: 42\r\nX-Forwarded-For: 1.2.3.4\r\nAuthorization: Bearer x\r\n\r\n");

        assertEquals(200, answer.status());
        assertTrue(raw.received().get(0).endsWith("2\r\nhi\r\n0\r\nX-Sum: 42\r\n\r\n"), raw.received()::toString);
    }

    @Test
    void shouldForwardTheTrailersOfALongRequest() throws IOException {
        raw.say(OK);
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";

        exchange(request("POST", "/api/raw/x", "Transfer-Encoding: chunked\r\n") + chunk.repeat(4)
                + "0\r\nX-Sum: 42\r\n\r\n");

        assertTrue(raw.received().get(0).endsWith("\r\n0\r\nX-Sum: 42\r\n\r\n"));
    }

    @Test
    void shouldForwardTheTrailersOfHttp2() throws IOException {
        raw.say(OK);
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), 65_535)) {
            int stream = client.open(false, fields("POST"));
            client.data(stream, "hi");
            client.trailers(stream, List.<String[]>of(new String[] {"x-sum", "42"}));

            assertEquals("200", client.read(stream).get(0).status());
        }
        assertTrue(raw.received().get(0).endsWith("2\r\nhi\r\n0\r\nx-sum: 42\r\n\r\n"), raw.received()::toString);
    }

    @Test
    void shouldNotForwardTrailersWithTheNextRequest() throws IOException {
        raw.say(OK);
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/raw/x", "Transfer-Encoding: chunked\r\n")
                    + "2\r\nhi\r\n0\r\nX-Sum: 42\r\n\r\n");
            client.read();
            client.send(request("POST", "/api/raw/x", "Transfer-Encoding: chunked\r\n") + "2\r\nhi\r\n0\r\n\r\n");
            client.read();
        }

        assertFalse(raw.received().get(1).contains("X-Sum"), raw.received()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void shouldSendContentLengthZero(String method) throws IOException {
        raw.say(OK);

        exchange(request(method, "/api/raw/x", "Content-Length: 0\r\n"));
        exchange(request(method, "/api/raw/x"));

        assertTrue(raw.received().get(0).contains("\r\ncontent-length: 0\r\n"), raw.received()::toString);
        assertTrue(raw.received().get(1).contains("\r\ncontent-length: 0\r\n"), raw.received()::toString);
    }

    @Test
    void shouldAcceptATargetInAbsoluteForm() throws IOException {
        raw.say(OK);

        Answer answer = exchange("GET http://other.example:81/api/raw/x?a=b HTTP/1.1\r\nHost: heliograph.example\r\n"
                + bearer() + "\r\n");

        assertEquals(200, answer.status());
        assertTrue(raw.received().get(0).startsWith("GET /api/raw/x?a=b HTTP/1.1\r\n"), raw.received()::toString);
        assertTrue(raw.received().get(0).contains("X-Forwarded-Host: other.example:81\r\n"), raw.received()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http://user@a/x", "http://a b/x", "http://a%41/x", "https://[::1/x"})
    void shouldRejectATargetWithAnInvalidHost(String target) throws IOException {
        Answer answer = exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "http://heliograph.example"})
    void shouldListTheAllowedMethods(String target) throws IOException {
        Answer answer = exchange("OPTIONS " + target + " HTTP/1.1\r\nHost: heliograph.example\r\n\r\n");

        assertEquals(204, answer.status());
        assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", answer.header("Allow"));
    }

    @Test
    void shouldForwardTheUpgradeHeaderOfA426() throws IOException {
        raw.say(
                "HTTP/1.1 426 Upgrade Required\r\nConnection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n");

        Answer answer = get("/api/raw/x");

        assertEquals(426, answer.status());
        assertEquals("websocket", answer.header("Upgrade"));
        assertEquals("upgrade", answer.header("Connection"));
    }

    @Test
    void shouldRejectConnectToAnotherHost() throws IOException {
        Answer answer = exchange("CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n");

        assertEquals(405, answer.status());
        assertEquals("method_not_allowed", code(answer));
        assertEquals("application/problem+json", answer.header("Content-Type"));
    }

    @Test
    void shouldRespondToAHalfClosedClient() throws IOException {
        try (Socket socket = new Socket("localhost", gateway.getPort());
                RawClient client = new RawClient(socket)) {
            client.send(request("GET", "/api/rooms/first") + request("GET", "/api/rooms/second"));
            socket.shutdownOutput();

            assertTrue(client.read().body().contains("/api/rooms/first"));
            assertTrue(client.read().body().contains("/api/rooms/second"));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void shouldNotRespondToAnIncompleteRequest() throws IOException {
        try (Socket socket = new Socket("localhost", gateway.getPort());
                RawClient client = new RawClient(socket)) {
            client.send(request("POST", "/api/rooms/half-asked", "Content-Length: 100\r\n") + "{");
            socket.shutdownOutput();

            client.drain();
        }
        assertFalse(good.has("half-asked"));
    }

    @Test
    void shouldReleaseAClientThatHasClosedBothDirections() throws IOException {
        TestBounds.halfClosedTimeout(GONE);
        try (Socket socket = new Socket("localhost", gateway.getPort());
                RawClient client = new RawClient(socket)) {
            client.send(request("GET", "/api/rooms/silent"));
            socket.shutdownOutput();

            assertEquals("", client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100000003\r\nabc\r\n0\r\n\r\n",
                "fffffffff\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "3;a=\"\r\n\"\r\nabc\r\n0\r\n\r\n"
            })
    void shouldRejectInvalidChunkSizes(String chunks) throws IOException {
        raw.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks);
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/raw/x", "Connection: close\r\n"));

            String answer = client.readToEnd();

            assertTrue(answer.startsWith("HTTP/1.1 502 ") || !answer.endsWith("0\r\n\r\n"), answer);
        }
    }

    @Test
    void shouldNotForwardTheProxyHeader() throws IOException {
        raw.say(OK);

        exchange(request("GET", "/api/raw/x", "Proxy: http://evil.example\r\n"));

        assertFalse(raw.received().get(0).contains("evil"), raw.received()::toString);
    }

    @Test
    void shouldNormalizeTheAuthorizationHeader() throws IOException {
        raw.say(OK);
        String token = issuer.token(ADA, "ada");

        Answer answer = exchange("GET /api/raw/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer  " + token + "\r\n\r\n");

        assertEquals(200, answer.status());
        assertTrue(raw.received().get(0).contains("Authorization: Bearer " + token + "\r\n"));
    }

    private List<String[]> fields(String method) {
        return new ArrayList<>(List.of(
                new String[] {":method", method},
                new String[] {":scheme", "http"},
                new String[] {":authority", "heliograph.example"},
                new String[] {":path", "/api/raw/x"},
                new String[] {"authorization", "Bearer " + issuer.token(ADA, "ada")}));
    }
}
