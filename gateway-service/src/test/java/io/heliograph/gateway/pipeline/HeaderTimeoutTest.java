package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slow clients; the header timeout is one second. */
@QuarkusTest
class HeaderTimeoutTest extends GatewayTest {

    @BeforeEach
    void shortenTimeout() {
        TestBounds.headerTimeout(Duration.ofSeconds(1));
    }

    @Test
    void shouldTimeOutOnHeadersSentByteByByte() throws IOException {
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (RawClient client = connect()) {
            client.send("GET /api/rooms/echo HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            // A header that does not end; the executor stops when the connection is cut off.
            sender.scheduleAtFixedRate(() -> sendByte(client), 10, 10, TimeUnit.MILLISECONDS);

            Answer answer = client.read();

            assertEquals(408, answer.status());
            assertEquals("request_timeout", code(answer));
            assertEquals("close", answer.header("Connection"));
            sender.shutdownNow();
            assertEquals("", client.readToEnd());
        } finally {
            sender.shutdownNow();
        }
    }

    @Test
    void shouldTimeOutOnHeadersOfALaterRequest() throws IOException {
        String first = request("GET", "/api/rooms/echo");
        try (RawClient client = connect()) {
            assertEquals(200, client.send(first).read().status());

            client.send("GET /api/rooms/echo HTTP/1.1\r\nHost:");

            assertEquals(408, client.read().status());
        }
    }

    @Test
    void shouldCloseAConnectionWithoutARequest() throws IOException {
        awaitTimeout();
    }

    @Test
    void shouldKeepAnIdleConnectionBetweenRequests() throws IOException {
        String request = request("GET", "/api/rooms/echo");
        try (RawClient client = connect()) {
            client.send(request).read();

            awaitTimeout();

            assertEquals(200, client.send(request).read().status());
        }
    }

    @Test
    void shouldNotCountTheBodyAsTimeOfTheHead() throws IOException {
        String rest = "Host: h\r\n" + bearer() + "\r\n";
        String first = request("GET", "/api/scripted/late");
        scripted.answer(request -> {});
        int before = scripted.requests().size();
        try (RawClient client = connect()) {
            client.send(first);
            client.send("GET /api/rooms/echo HTTP/1.1\r\n");
            scripted.await(before + 1);

            awaitTimeout();
            HttpServerResponse answer = scripted.last().response();
            answer.end("late");

            assertEquals("late", client.read().body());
            assertEquals(200, client.send(rest).read().status());
        }
    }

    /** Until a connection that is opened now and sends nothing has been closed. */
    private void awaitTimeout() throws IOException {
        try (RawClient silent = connect()) {
            assertEquals("", silent.readToEnd());
        }
    }

    private static void sendByte(RawClient client) {
        try {
            client.send("x");
        } catch (IOException cutOff) {
            throw new UncheckedIOException(cutOff);
        }
    }
}
