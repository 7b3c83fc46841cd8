package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TunnelTest extends GatewayTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final long IN_SOCKETS = 32L * MEGABYTE;

    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void forget() {
        bad.forget();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldForwardMessagesInBothDirections(boolean compressed) {
        List<String> texts = new CopyOnWriteArrayList<>();
        WebSocket socket = open(compressed, texts);
        String long1 = "x".repeat(200_000);

        socket.writeTextMessage("hello");
        socket.writeTextMessage(long1);

        await().until(() -> texts.size() == 3);
        assertTrue(texts.get(0).startsWith("welcome Bearer "));
        assertEquals(List.of("hello", long1), texts.subList(1, 3));
        assertEquals("heliograph.v1", socket.subProtocol());
        join(socket.close());
    }

    @Test
    void shouldLeaveCompressionToClientAndService() throws IOException {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/rooms/socket", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));

            assertEquals(List.of("permessage-deflate"), client.readHead().all("Sec-WebSocket-Extensions"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 4000, 4008, 4501})
    void shouldForwardTheCloseCodeOfTheService(int code) {
        WebSocket socket = open();
        CompletableFuture<Short> closed = new CompletableFuture<>();
        socket.closeHandler(end -> closed.complete(socket.closeStatusCode()));

        socket.writeTextMessage("close " + code);

        assertEquals((short) code, closed.join());
        assertEquals("as asked", socket.closeReason());
    }

    @Test
    void shouldCloseTheServiceSocketWhenTheClientDisconnects() {
        WebSocket socket = open();
        await().until(() -> good.sockets() == 1);

        join(socket.close((short) 1000));

        await().until(() -> good.sockets() == 0);
    }

    @Test
    void shouldCloseTheServiceSocketWhenTheClientIsCutOff() throws IOException {
        try (RawClient client = connect()) {
            assertEquals(
                    101, client.send(upgrade("/api/jobs/tunnel")).readHead().status());
            await().until(() -> bad.tunnel() != null);
        }

        await().until(() -> bad.closed() == 1);
    }

    @Test
    void shouldCloseTheClientSocketAfterTheLastByteOfTheService() throws IOException {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/jobs/bye")).readHead();

            String reply = client.readToEnd();

            assertEquals(500_003, reply.length());
            assertTrue(reply.endsWith("bye"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms/refuse", "/api/ws/refuse"})
    void shouldForwardARejectionUnchanged(String uri) throws IOException {
        try (RawClient client = connect()) {
            Answer refused = client.send(upgrade(uri)).read();
            Answer next = client.send(request("GET", "/api/rooms/echo")).read();

            assertEquals(429, refused.status());
            assertEquals("7", refused.header("Retry-After"));
            assertEquals("full", refused.header("X-Reason"));
            assertEquals("no more sockets", refused.body());
            assertEquals(200, next.status());
        }
    }

    @Test
    void shouldLimitWebSocketsPerUserUntilOneIsClosed() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                clients.add(connect().send(upgrade("/api/jobs/tunnel")));
                assertEquals(101, clients.get(i).readHead().status());
            }

            Answer refused = exchange(upgrade("/api/jobs/tunnel"));

            assertEquals(429, refused.status());
            assertEquals("too_many_sockets", code(refused));
            assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
            assertEquals(200, get("/api/rooms/echo").status());
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().until(() -> exchange(upgrade("/api/rooms/refuse")).body().equals("no more sockets"));
    }

    @Test
    void shouldNotUpgradeBeforeTheService() throws IOException {
        assertEquals(502, exchange(upgrade("/api/previews/socket")).status());
        assertEquals(502, exchange(upgrade("/api/jobs/hang-up")).status());
        assertEquals(504, exchange(upgrade("/api/timed/silent")).status());
    }

    @Test
    void shouldTryAnotherInstanceWhenOneIsUnreachable() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (RawClient client = connect()) {
                assertEquals(
                        101,
                        client.send(upgrade("/api/messages/socket")).readHead().status());
            }
        }
    }

    @Test
    void shouldTryAnotherInstanceWhenOneHasNoFreeConnection() throws IOException {
        for (int i = 0; i < 20 && bad.requests() == 0; i++) {
            try (RawClient client = connect()) {
                assertEquals(
                        101, client.send(upgrade("/api/full/socket")).readHead().status());
            }
        }
        assertEquals(1, bad.requests());
    }

    @Test
    void shouldReportThatNoInstanceHasAFreeConnection() throws IOException {
        Answer refused = exchange(upgrade("/api/jobs/socket"));

        assertEquals(503, refused.status());
        assertEquals("4", refused.header("Retry-After"));
        assertEquals("full", refused.header("X-Reason"));
        assertEquals("full", refused.body());
    }

    @Test
    void shouldForwardDataThatArrivesWithTheUpgradeResponse() throws IOException {
        try (RawClient client = connect()) {
            Answer agreed = client.send(upgrade("/api/jobs/greeting")).readHead();

            assertEquals(101, agreed.status());
            assertEquals("websocket", agreed.header("Upgrade"));
            assertEquals("upgrade", agreed.header("Connection"));
            assertEquals("none", agreed.header("Sec-WebSocket-Accept"));
            assertEquals("yes", agreed.header("X-Tunnel"));
            assertEquals("hello from the first packet", client.readText(27));
        }
    }

    @Test
    void shouldReadTheServiceNoFasterThanTheClientReads() throws IOException {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/jobs/flood")).readHead();

            long stalled = BodyTest.settled(bad::sent);
            client.readText(3 * (int) stalled);

            assertTrue(stalled < IN_SOCKETS, "taken from the service for a stalled client: " + stalled);
            assertTrue(bad.sent() >= 3 * stalled);
        }
    }

    @Test
    void shouldReadTheClientNoFasterThanTheServiceReads() throws Exception {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/jobs/deaf")).readHead();
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, sent));

            long stalled = BodyTest.settled(sent::get);
            bad.tunnel().resume();
            sending.join();

            assertTrue(stalled < IN_SOCKETS, "taken from the client for a stalled service: " + stalled);
            await().until(() -> bad.received() == sent.get());
        }
    }

    private static void send(RawClient client, AtomicLong sent) {
        try {
            byte[] chunk = new byte[MEGABYTE];
            while (sent.get() < 2 * IN_SOCKETS) {
                client.send(chunk);
                sent.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebSocket open() {
        return open(false, new CopyOnWriteArrayList<>());
    }

    private WebSocket open(boolean compressed, List<String> texts) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(gateway.getPort())
                .setURI("/api/rooms/socket")
                .addSubProtocol("heliograph.v1")
                .putHeader("Authorization", "Bearer " + issuer.token(ADA, "ada"));
        return join(vertx.createWebSocketClient(new WebSocketClientOptions().setTryUsePerMessageCompression(compressed))
                .connect(options)
                .onSuccess(socket -> socket.textMessageHandler(texts::add)));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
