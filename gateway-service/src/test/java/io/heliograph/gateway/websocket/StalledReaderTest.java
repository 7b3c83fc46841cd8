package io.heliograph.gateway.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data that one side does not read must wait in the sockets, not in the memory of the gateway. */
class StalledReaderTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Buffer CHUNK = Buffer.buffer(new byte[64 * 1024]);

    /** Of each socket: those that the system sizes by itself go on growing for half a minute. */
    private static final int SOCKET_BUFFER = 64 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<NetSocket> gatewaysEnd = new AtomicReference<>();

    @AfterEach
    void stop() {
        join(vertx.close());
    }

    @Test
    void shouldBoundTheCostOfLongHeaders() {
        NetServer service = listen(this::flood);
        NetServer gateway = listen(client -> {
            client.pause();
            gatewaysEnd.set(client);
            client().connect(service.actualPort(), "localhost")
                    .onSuccess(upstream -> new Tunnel(vertx, client.resume(), upstream.pause()).open(() -> {}));
        });
        join(client().connect(gateway.actualPort(), "localhost").onSuccess(NetSocket::pause));

        // On a busy machine the service may pause before the sockets are full; then nothing is held yet.
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sent.get() > 0 && last.getAndSet(sent.get()) == sent.get() && held() > 0);

        // The gateway stops reading from the service while the client does not read, so the buffered data does not
        // grow.
        assertTrue(held() < MEGABYTE, "held for a stalled reader: " + held());
    }

    private long held() {
        return ((NetSocketInternal) gatewaysEnd.get())
                .channelHandlerContext()
                .channel()
                .unsafe()
                .outboundBuffer()
                .totalPendingWriteBytes();
    }

    private void flood(NetSocket socket) {
        socket.drainHandler(drained -> pump(socket));
        pump(socket);
    }

    private void pump(NetSocket socket) {
        while (!socket.writeQueueFull()) {
            socket.write(CHUNK);
            sent.addAndGet(CHUNK.length());
        }
    }

    private NetServer listen(io.vertx.core.Handler<NetSocket> handler) {
        NetServerOptions options = new NetServerOptions();
        options.setSendBufferSize(SOCKET_BUFFER).setReceiveBufferSize(SOCKET_BUFFER);
        return join(vertx.createNetServer(options).connectHandler(handler).listen(0, "localhost"));
    }

    private NetClient client() {
        NetClientOptions options = new NetClientOptions();
        options.setSendBufferSize(SOCKET_BUFFER).setReceiveBufferSize(SOCKET_BUFFER);
        return vertx.createNetClient(options);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
