package io.heliograph.gateway.websocket;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one end sends and the other does not read must wait in the sockets of the two, not in the gateway. */
class StalledReaderTest {

    private static final long TWO_MEGABYTES = 2L * 1024 * 1024;
    private static final Buffer CHUNK = Buffer.buffer(new byte[64 * 1024]);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<NetSocket> gatewaysEnd = new AtomicReference<>();

    @AfterEach
    void stop() {
        join(vertx.close());
    }

    @Test
    void shouldCostLittleHoweverMuchIsSentToIt() {
        NetServer service = listen(this::flood);
        NetServer gateway = listen(client -> {
            client.pause();
            gatewaysEnd.set(client);
            vertx.createNetClient()
                    .connect(service.actualPort(), "localhost")
                    .onSuccess(upstream -> new Tunnel(vertx, client.resume(), upstream.pause()).open(() -> {}));
        });
        join(vertx.createNetClient().connect(gateway.actualPort(), "localhost").onSuccess(NetSocket::pause));

        // On a busy machine the service may pause before the sockets are full; then nothing is held yet.
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sent.get() > TWO_MEGABYTES && last.getAndSet(sent.get()) == sent.get() && held() > 0);

        // What has been read of the service and not been written is all there is: it is not read while it waits.
        assertTrue(held() < TWO_MEGABYTES, "held for a stalled reader: " + held());
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
        return join(vertx.createNetServer().connectHandler(handler).listen(0, "localhost"));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
