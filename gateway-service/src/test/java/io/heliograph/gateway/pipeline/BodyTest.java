package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BodyTest extends GatewayTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final long LARGE = 64L * MEGABYTE;

    /** What the sockets of both connections may hold at most; the gateway itself must add next to nothing. */
    private static final long IN_SOCKETS = 32L * MEGABYTE;

    @ParameterizedTest
    @ValueSource(strings = {"", "&length=true"})
    void shouldStreamALargeResponseWithBackPressure(String framing) throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/bytes?n=" + LARGE + framing, "Connection: close\r\n"));
            client.readHead();

            long stalled = settled(good::sent);
            long read = client.drain();

            assertTrue(stalled < IN_SOCKETS, "sent to a stalled reader: " + stalled);
            assertTrue(read >= LARGE, "read: " + read);
        }
    }

    @Test
    void shouldStreamALargeBodyWithBackPressure() throws Exception {
        try (RawClient client = connect()) {
            client.send(request("PUT", "/api/rooms/hold", "Content-Length: " + LARGE + "\r\n"));
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(client, sent));

            long stalled = settled(sent::get);
            good.release();
            sending.join();

            assertTrue(stalled < IN_SOCKETS, "taken for a stalled service: " + stalled);
            assertEquals(Long.toString(LARGE), client.read().body());
        }
    }

    @Test
    void shouldRejectABodyDeclaredAsTooLarge() throws IOException {
        int before = good.requests();

        Answer answer = exchange(request("POST", "/api/rooms/sink", "Content-Length: 300000000\r\n"));

        assertEquals(413, answer.status());
        assertEquals("body_too_large", code(answer));
        assertEquals(before, good.requests());
    }

    @Test
    void shouldRejectABodyThatTurnsOutTooLarge() throws Exception {
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/rooms/sink", "Transfer-Encoding: chunked\r\n"));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendChunks(client, 90));

            Answer answer = client.read();

            assertEquals(413, answer.status());
            assertEquals("body_too_large", code(answer));
            sending.handle((done, failure) -> null).join();
        }
    }

    @Test
    void shouldRejectALargeBodyBeforeItIsSent() throws IOException {
        Answer answer = exchange(
                "POST /api/rooms/sink HTTP/1.1\r\nHost: h\r\n" + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");

        assertEquals(401, answer.status());
        assertEquals("close", answer.header("Connection"));
    }

    @Test
    void shouldNotSendInterimResponsesToHttp10Clients() throws IOException {
        Answer answer = exchange("POST /api/rooms/sink HTTP/1.0\r\n" + bearer()
                + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");

        assertEquals(200, answer.status());
        assertEquals("5", answer.body());
    }

    @Test
    void shouldTimeOutOnAMissingBody() throws IOException {
        TestBounds.bodyTimeout(Duration.ofMillis(300));
        try (RawClient client = connect()) {
            Answer answer = client.send(request("POST", "/api/rooms/sink", "Content-Length: 10\r\n") + "hel")
                    .read();

            assertEquals(408, answer.status());
            assertEquals("request_timeout", code(answer));
            assertEquals("close", answer.header("Connection"));
        }
    }

    @Test
    void shouldForwardAResponseThatPrecedesTheBody() throws Exception {
        try (RawClient client = connect()) {
            client.send(request("PUT", "/api/rooms/early", "Content-Length: " + LARGE + "\r\n"));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(client, new AtomicLong()));

            Answer answer = client.read();

            assertEquals(401, answer.status());
            assertEquals("too early", answer.body());
            sending.handle((done, failure) -> null).join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -1", "Content-Length: 1\r\nContent-Length: 2", "Content-Length: x"})
    void shouldRejectAnInvalidLength(String header) throws IOException {
        assertEquals(
                400,
                exchange(request("POST", "/api/rooms/sink", header + "\r\n") + "x")
                        .status());
    }

    private static void sendAll(RawClient client, AtomicLong sent) {
        try {
            byte[] chunk = new byte[MEGABYTE];
            while (sent.get() < LARGE) {
                client.send(chunk);
                sent.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendChunks(RawClient client, int megabytes) {
        try {
            byte[] chunk = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                client.send("100000\r\n").send(chunk).send("\r\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value once it has stood still for half a second. */
    static long settled(java.util.function.LongSupplier value) {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(500)).until(() -> {
            long now = value.getAsLong();
            return now > 0 && last.getAndSet(now) == now;
        });
        return last.get();
    }
}
