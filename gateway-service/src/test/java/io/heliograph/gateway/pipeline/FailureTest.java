package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FailureTest extends GatewayTest {

    @BeforeEach
    void forget() {
        bad.forget();
    }

    @Test
    void shouldReportAnUnreachableService() throws IOException {
        Answer answer = get("/api/previews/x");

        assertEquals(502, answer.status());
        assertEquals("upstream_unreachable", code(answer));
        assertFalse(answer.body().contains("localhost"));
    }

    @Test
    void shouldTryAnotherInstanceWhenOneIsUnreachable() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertEquals(200, get("/api/messages/echo").status());
        }
    }

    @Test
    void shouldRetryAnyMethodAtAnotherInstanceIfNothingWasSent() throws IOException {
        for (int i = 0; i < 4; i++) {
            Answer answer = exchange(request("POST", "/api/messages/echo", "Content-Length: 5\r\n") + "hello");
            assertEquals(200, answer.status());
        }
    }

    @Test
    void shouldRetryAnIdempotentRequestWhenAnInstanceClosesTheConnection() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertEquals(200, get("/api/pair/hang-up").status());
        }
    }

    @Test
    void shouldNotRetryARequestThatMayHaveBeenProcessed() throws IOException {
        Answer answer = exchange(request("POST", "/api/jobs/hang-up", "Content-Length: 2\r\n") + "{}");

        assertEquals(502, answer.status());
        assertEquals("upstream_failed", code(answer));
        assertEquals(1, bad.requests());
    }

    @Test
    void shouldGiveUpAfterThreeAttempts() throws IOException {
        Answer answer = get("/api/jobs/hang-up");

        assertEquals("upstream_failed", code(answer));
        assertEquals(3, bad.requests());
    }

    @Test
    void shouldReportAnInvalidResponseOfAService() throws IOException {
        Answer answer = get("/api/jobs/garbage");

        assertEquals(502, answer.status());
        assertEquals("upstream_failed", code(answer));
    }

    @Test
    void shouldNotUpgradeWithoutARequest() throws IOException {
        assertEquals(502, get("/api/jobs/switch").status());
    }

    @Test
    void shouldReportATimeoutOfAService() throws IOException {
        Answer answer = get("/api/timed/silent");

        assertEquals(504, answer.status());
        assertEquals("upstream_timeout", code(answer));
    }

    @Test
    void shouldTimeOutAfterTheHeadOfAResponseWithoutABody() throws IOException {
        Answer answer = get("/api/timed-jobs/head-only");

        assertEquals(504, answer.status());
        assertNull(answer.header("X-Bad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "half-chunked"})
    void shouldAbortTheResponseWhereTheServiceAborts(String how) {
        IOException broken = assertThrows(IOException.class, () -> get("/api/jobs/" + how));

        assertFalse(broken instanceof SocketTimeoutException, "not broken off");
    }

    @Test
    void shouldApplyTheTotalTimeoutExceptToEventStreams() throws IOException {
        try (RawClient endless = connect();
                RawClient events = connect()) {
            events.send(request("GET", "/api/brief/events"));
            assertEquals("text/event-stream", events.readHead().header("Content-Type"));
            endless.send(request("GET", "/api/brief/trickle"));
            assertEquals(200, endless.readHead().status());

            String reply = endless.readToEnd();
            // More than there have been in the second that an exchange of this route may take.
            for (int i = 0; i < 15; i++) {
                assertEquals("c\r\ndata: tick\n\n\r\n", events.readText(17));
            }

            assertFalse(reply.endsWith("\r\n0\r\n\r\n"), "ended as if it were whole");
        }
    }

    @Test
    void shouldReleaseTheServiceWhenTheClientDisconnects() throws IOException {
        TestBounds.halfClosedTimeout(GONE);
        int before = good.requests();
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/jobs/head-only"));
            await().until(() -> bad.requests() == 1);
        }

        await().until(() -> bad.closed() == 1);
        assertEquals(before, good.requests());
    }
}
