package io.heliograph.gateway.upstream.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * Defers flushes until the event loop has processed the reads of its current round, and then flushes all connections in
 * sequence. A sleeping peer is woken by the first write and stays awake for the following ones; with immediate flushes
 * nearly each write would wake it again, which costs as much as the write. A full write buffer and a close are flushed
 * at once.
 */
public final class RoundFlush extends ChannelOutboundHandlerAdapter {

    private Round round;
    private ChannelHandlerContext context;
    private boolean due;

    private RoundFlush() {}

    /** Adds the handler to a connection that has not written anything yet. */
    public static void on(Channel channel) {
        channel.pipeline().addFirst(new RoundFlush());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        // Here and not in the constructor, since this runs on the event loop of the connection.
        round = Round.ofThisLoop();
    }

    /** Called by an upgrade to HTTP/2, which rebuilds the pipeline. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        flushIfDue();
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            due = false;
            ctx.flush();
        } else if (!due) {
            due = true;
            round.add(this);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        flushIfDue();
        ctx.close(promise);
    }

    void flushIfDue() {
        if (due) {
            due = false;
            context.flush();
        }
    }

    ChannelHandlerContext context() {
        return context;
    }

    /** The connections of one event loop with a deferred flush. It runs as a task after the reads of the loop. */
    static final class Round implements Runnable {

        private static final FastThreadLocal<Round> OF_LOOP = new FastThreadLocal<>() {
            @Override
            protected Round initialValue() {
                return new Round();
            }
        };

        private List<RoundFlush> due = new ArrayList<>();
        /** Replaces {@code due} while that list is processed, since a flush may cause further ones. */
        private List<RoundFlush> spare = new ArrayList<>();

        static Round ofThisLoop() {
            return OF_LOOP.get();
        }

        void add(RoundFlush flush) {
            due.add(flush);
            if (due.size() == 1) {
                flush.context().executor().execute(this);
            }
        }

        @Override
        public void run() {
            List<RoundFlush> now = due;
            due = spare;
            spare = now;
            now.forEach(RoundFlush::flushIfDue);
            now.clear();
        }
    }
}
