package io.heliograph.gateway.upstream.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a connection has to say once the event loop has heard what there is to hear, all connections after each
 * other. A peer that sleeps is woken by the first write and stays awake for the others; written at once, with the work
 * of a request in between, nearly each would wake it anew, which costs as much as the write. What is much, and what is
 * the last, goes out at once.
 */
public final class RoundFlush extends ChannelOutboundHandlerAdapter {

    private Round round;
    private ChannelHandlerContext context;
    private boolean due;

    private RoundFlush() {}

    /** Before the connection has written anything. */
    public static void on(Channel channel) {
        channel.pipeline().addFirst(new RoundFlush());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        // Here, as this is run by the loop of the connection, whoever called for it.
        round = Round.ofThisLoop();
    }

    /** By an upgrade to HTTP/2, which begins the pipeline anew. */
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

    /** The connections of one event loop that have something to write, once the loop comes to its tasks. */
    static final class Round implements Runnable {

        private static final FastThreadLocal<Round> OF_LOOP = new FastThreadLocal<>() {
            @Override
            protected Round initialValue() {
                return new Round();
            }
        };

        private List<RoundFlush> due = new ArrayList<>();
        /** Takes the place of the other while that one is gone through, as a write may call for another. */
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
