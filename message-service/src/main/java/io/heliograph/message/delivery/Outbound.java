package io.heliograph.message.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The way out of one socket. Bytes are complete WebSocket frames, which pass the channel's own encoder untouched;
 * writes of one turn of the event loop leave in one flush. Used on the channel's event loop only.
 */
public final class Outbound {

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final ChannelPromise silent;
    private final Deque<Runnable> whenWritable = new ArrayDeque<>();
    private boolean flushing;
    private boolean closed;

    public Outbound(ConnectionBase connection) {
        this.context = connection.channelHandlerContext();
        this.channel = context.channel();
        // Not Netty's own, which raises an exception for every unsent write when a connection breaks.
        this.silent = connection.voidPromise;
    }

    public EventLoop loop() {
        return channel.eventLoop();
    }

    /** Sends one frame of JSON. */
    public void send(byte[] json) {
        ByteBuf bytes = context.alloc().directBuffer(json.length + 10);
        Broadcast.writeFrame(bytes, json);
        write(bytes);
    }

    /** Takes over the reference. */
    void write(ByteBuf frames) {
        if (closed || !frames.isReadable()) {
            frames.release();
            return;
        }
        context.write(frames, silent);
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    /** Runs this in a later turn, as soon as the reader has taken most of what waits for it; never if it is gone. */
    void whenWritable(Runnable next) {
        if (channel.isWritable()) {
            channel.eventLoop().execute(next);
        } else {
            whenWritable.add(next);
        }
    }

    /** To be called when the channel has become writable again. */
    public void drained() {
        while (channel.isWritable() && !whenWritable.isEmpty()) {
            whenWritable.remove().run();
        }
    }

    /** After a close frame nothing may follow. */
    public void close() {
        if (!closed) {
            flush();
            closed = true;
        }
    }

    /** Bytes that wait for the reader, with some 100 of overhead per write. */
    long waitingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    public void flush() {
        flushing = false;
        context.flush();
    }
}
