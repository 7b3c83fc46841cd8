package io.heliograph.benchmarks.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * C: Vert.x upgrades and reads; a broadcast is encoded once and shared by all subscribers.
 *
 * <p>Invariant: everything runs on the single event loop, so the frames of Vert.x and of this class stay in order.
 */
class FramesRoom {

    private static final int FINAL_TEXT_FRAME = 0x81;

    private final Set<ConnectionBase> subscribers = new LinkedHashSet<>();
    private long seq;
    private ByteBuf pending;

    void open(@Observes Router router) {
        router.get("/frames").handler(ctx -> {
            ConnectionBase connection = (ConnectionBase) ctx.request().connection();
            ctx.request().toWebSocket().onSuccess(socket -> join(socket, connection));
        });
    }

    private void join(ServerWebSocket socket, ConnectionBase connection) {
        subscribers.add(connection);
        socket.closeHandler(v -> subscribers.remove(connection));
        socket.textMessageHandler(ignored -> broadcast(connection));
    }

    private void broadcast(ConnectionBase sender) {
        if (pending == null) {
            pending = PooledByteBufAllocator.DEFAULT.directBuffer();
            sender.channel().eventLoop().execute(this::flush);
        }
        // A complete unmasked frame, as RFC 6455 requires of servers.
        pending.writeByte(FINAL_TEXT_FRAME).writeByte(Message.BYTES);
        ByteBufUtil.writeAscii(pending, Message.text(seq++));
    }

    /** Once per turn of the loop: the frames of a turn are one write and one system call per subscriber. */
    private void flush() {
        ByteBuf frames = pending;
        pending = null;
        subscribers.forEach(subscriber -> write(subscriber, frames.retainedDuplicate()));
        frames.release();
    }

    private static void write(ConnectionBase subscriber, ByteBuf frames) {
        // The frame encoder passes a ByteBuf on unchanged. The void promise of Netty would raise an exception for each
        // frame that a lost connection leaves unsent; this promise does not.
        subscriber.channelHandlerContext().writeAndFlush(frames, subscriber.voidPromise);
    }
}
