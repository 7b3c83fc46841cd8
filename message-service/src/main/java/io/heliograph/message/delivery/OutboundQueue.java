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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The outbound frames of one socket. Bytes are complete WebSocket frames, which pass the channel's own encoder
 * untouched; the writes of one turn of the event loop are flushed together. Used only on the channel's event loop.
 *
 * <p>The queue is bounded: a live change must fit; the number of subscriptions that catch up at a time is limited so
 * that their pages fit too; and a client that reads nothing for long, or sends requests without reading the replies, is
 * reported as too slow.
 */
public final class OutboundQueue {

    /** Pages that may be in the queue of one socket; together they are about as large as the limit for live changes. */
    private static final int TURNS = 4;

    /** How long a client may take to read up to the close; otherwise one that stopped reading would be kept forever. */
    private static final int FAREWELL_SECONDS = 10;

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final ChannelPromise silent;
    private final DeliveryConfig config;
    private final Runnable tooSlow;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int turns;
    private Future<?> watch;
    private boolean flushing;
    private boolean closed;

    /** {@code tooSlow} has to close the connection. */
    OutboundQueue(ConnectionBase connection, DeliveryConfig config, Runnable tooSlow) {
        this.config = config;
        this.tooSlow = tooSlow;
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

    /** Writes the frames and takes over the reference. */
    void write(ByteBuf frames) {
        if (closed || !frames.isReadable()) {
            frames.release();
            return;
        }
        context.write(frames, silent);
        if (!flushing) {
            flushing = true;
            loop().execute(this::flush);
        }
        if (watch == null && !channel.isWritable()) {
            watch();
        }
    }

    /** Whether a live change of this many bytes fits. */
    boolean hasRoomFor(int bytes) {
        return waitingBytes() + bytes <= config.maxOutboundBytes();
    }

    /** Whether the client reads fast enough to get events that may be dropped. */
    public boolean hasRoomForEvents() {
        return waitingBytes() <= config.maxEphemeralBytes();
    }

    /**
     * Runs this when the client has read most of its queue and a turn is free. The turn has to be released by {@link
     * #endTurn}. Never runs if the client is gone.
     */
    public void awaitTurn(Runnable turn) {
        waiting.add(turn);
        beginTurns();
    }

    public void endTurn() {
        turns--;
        beginTurns();
    }

    /** To be called when the channel has become writable again. */
    public void drained() {
        beginTurns();
    }

    /**
     * To be called for each frame that is received: a client that does not read its replies may not send requests
     * without end.
     */
    public void asked() {
        if (!closed && waitingBytes() > 2 * config.maxOutboundBytes()) {
            tooSlow.run();
        }
    }

    /** Closes the queue: nothing may follow a close frame. */
    public void close() {
        if (!closed) {
            flush();
            closed = true;
            waiting.clear();
            if (watch != null) {
                watch.cancel(false);
            }
            Future<?> farewell = loop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(gone -> farewell.cancel(false));
        }
    }

    /** The bytes in the queue, including about 100 of overhead per write. Called from any thread. */
    public long waitingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    public void flush() {
        flushing = false;
        context.flush();
    }

    private void beginTurns() {
        while (turns < TURNS && channel.isWritable() && !waiting.isEmpty()) {
            turns++;
            loop().execute(waiting.remove());
        }
    }

    /** Checks at intervals that a slow client makes progress, within the first write or to a later one. */
    private void watch() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null) {
            return;
        }
        Object first = buffer.current();
        long taken = buffer.currentProgress();
        watch = loop().schedule(
                        () -> {
                            watch = null;
                            if (channel.isWritable()) {
                                return;
                            }
                            if (buffer.current() == first && buffer.currentProgress() == taken) {
                                tooSlow.run();
                            } else {
                                watch();
                            }
                        },
                        config.stallTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
