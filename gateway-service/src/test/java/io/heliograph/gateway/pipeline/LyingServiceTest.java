package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Responses that are invalid, or whose end two parsers could read differently. A client gets one valid response, or
 * none.
 */
@QuarkusTest
class LyingServiceTest extends GatewayTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String BODY = "Content-Length: 4\r\n\r\nbody";
    private static final String EVIL = OK + "X-Split: yes\r\nContent-Length: 4\r\n\r\nevil";

    @AfterEach
    void assertThatTheNextAnswerIsItsOwn() throws IOException {
        for (int i = 0; i < 3; i++) {
            bad.say(OK + "Content-Length: 3\r\n\r\nown");
            assertEquals("own", get("/api/jobs/say").body());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What a header cannot hold.
                "X-A: a\rX-Split: yes\r\n" + BODY,
                "X-A: a\r\r\nX-B: b\r\n" + BODY,
                "X-A: a\u0000b\r\n" + BODY,
                "X-A: a\u0001b\r\n" + BODY,
                "X-A: a\u000bb\r\n" + BODY,
                "X-A: a\u007fb\r\n" + BODY,
                "X(A): b\r\n" + BODY,
                "X-A\u0000: b\r\n" + BODY,
                ": b\r\n" + BODY,
                "X-\u00e9: b\r\n" + BODY,
                // Lengths that are none, or several.
                "Content-Length: 5\r\n" + BODY,
                "Content-Length: 4\r\n" + BODY,
                "Content-Length: 4, 5\r\n\r\nbody" + EVIL,
                "Content-Length: +4\r\n\r\nbody",
                "Content-Length: -4\r\n\r\nbody",
                "Content-Length: 0x4\r\n\r\nbody",
                "Content-Length:\r\n\r\nbody",
                "Content-Length: 9223372036854775808\r\n\r\nbody",
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                // Codings that are not the one that frames.
                "Transfer-Encoding: gzip, chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n" + BODY,
                "Transfer-Encoding: xchunked\r\n" + BODY,
            })
    void shouldNotForwardAmbiguousResponses(String answer) throws Exception {
        bad.say(OK + answer);

        assertFailed(get("/api/jobs/say"));

        assertEquals("502", statusOverHttp2("/api/jobs/say"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"101 Switching Protocols", "99 Early", "000 None", "20 OK", "2000 OK", "OK"})
    void shouldRejectInvalidResponses(String status) throws IOException {
        bad.say("HTTP/1.1 " + status + "\r\n\r\n" + OK + BODY);

        assertFailed(get("/api/jobs/say"));
    }

    @Test
    void shouldReadTheResponseAfterInterimResponses() throws IOException {
        String others = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 Soon\r\n\r\n";
        String hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        bad.say(others + hint.repeat(1_000) + OK + BODY);

        try (RawClient client = connect()) {
            client.send(request("GET", "/api/jobs/say"));
            Answer answer = client.read();
            while (answer.status() < 200) {
                answer = client.read();
            }

            assertEquals(200, answer.status());
            assertNull(answer.header("Link"));
            assertEquals("body", answer.body());
        }
    }

    @Test
    void shouldTimeOutOnAMissingResponse() throws IOException {
        Answer answer = get("/api/timed-jobs/soon");

        assertEquals(504, answer.status());
        assertEquals("upstream_timeout", code(answer));
    }

    @Test
    void shouldUnfoldAFoldedHeader() throws IOException {
        bad.say(OK + "X-Folded: one\r\n X-Split: two\r\n" + BODY);

        Answer answer = get("/api/jobs/say");

        assertEquals("one X-Split: two", answer.header("X-Folded"));
        assertNull(answer.header("X-Split"));
        assertEquals("body", answer.body());
    }

    @Test
    void shouldSendItsOwnReasonPhrase() throws IOException {
        bad.say("HTTP/1.1 200 OK\rX-Split: yes\r\n" + BODY);

        try (RawClient client = connect()) {
            Answer answer = client.send(request("GET", "/api/jobs/say")).read();

            assertNull(answer.header("X-Split"));
            assertTrue(answer.headers().stream().noneMatch(header -> header.contains("\r")), answer::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + BODY + EVIL,
                OK + "Content-Length: 0\r\n\r\n" + EVIL,
                OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + EVIL,
                "HTTP/1.1 204 No Content\r\n\r\n" + EVIL,
                "HTTP/1.1 204 No Content\r\n" + BODY + EVIL,
                "HTTP/1.1 304 Not Modified\r\n" + BODY + EVIL,
            })
    void shouldDiscardASecondResponse(String answers) throws IOException {
        bad.say(answers);
        try (RawClient client = connect()) {
            int status = client.send(request("GET", "/api/jobs/say")).read().status();
            bad.say(OK + "Content-Length: 3\r\n\r\nown");
            Answer next = client.send(request("GET", "/api/jobs/say")).read();

            assertTrue(status < 400 || status == 502);
            assertEquals("own", next.body());
            assertNull(next.header("X-Split"));
        }
    }

    @Test
    void shouldDiscardTheBodyOfAResponseToHead() throws IOException {
        bad.say(OK + BODY + EVIL);
        try (RawClient client = connect()) {
            assertEquals(
                    200,
                    client.send(request("HEAD", "/api/jobs/say")).readHead().status());
            bad.say(OK + "Content-Length: 3\r\n\r\nown");

            assertEquals(
                    "own", client.send(request("GET", "/api/jobs/say")).read().body());
        }
    }

    private void assertFailed(Answer answer) {
        assertEquals(502, answer.status(), answer::toString);
        assertEquals("upstream_failed", code(answer));
        assertNull(answer.header("X-Split"));
    }

    private String statusOverHttp2(String path) throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), 65_535)) {
            int stream = client.open(
                    true,
                    List.of(
                            new String[] {":method", "GET"},
                            new String[] {":scheme", "http"},
                            new String[] {":authority", "heliograph.example"},
                            new String[] {":path", path},
                            new String[] {"authorization", "Bearer " + issuer.token(ADA, "ada")}));
            return client.read(stream).get(0).status();
        }
    }
}
