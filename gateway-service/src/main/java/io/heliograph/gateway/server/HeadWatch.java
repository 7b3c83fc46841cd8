package io.heliograph.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sees that a connection, once it has begun a request, gets to the end of its headers in time. It stands before all
 * that reads the bytes, so that a TLS handshake counts as well.
 */
final class HeadWatch extends ChannelInboundHandlerAdapter {

    private final Reception reception;
    private final long patienceNanos;
    private ChannelHandlerContext context;
    private PipeliningHandler traffic;
    private Future<?> timer;
    private boolean heard;
    /** Whether the next bytes begin a request. */
    private boolean between;
    /** Since when a request has been coming. */
    private long sinceNanos;

    private boolean coming = true;

    HeadWatch(Reception reception) {
        this.reception = reception;
        this.patienceNanos = reception.config().headTimeout().toNanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        sinceNanos = System.nanoTime();
        arm(patienceNanos);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (!heard) {
            heard = true;
            fit(ctx.pipeline());
        }
        if (between) {
            between = false;
            coming = true;
            sinceNanos = System.nanoTime();
            arm(patienceNanos);
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
        ctx.fireChannelInactive();
    }

    /** The protocol is HTTP/1. */
    void watch(PipeliningHandler newTraffic) {
        traffic = newTraffic;
    }

    /** The headers are here. */
    void headComplete() {
        coming = false;
    }

    /** What was asked has been answered, and nothing is left of it. */
    void answered() {
        between = true;
    }

    /** There are no more heads to watch. */
    void leave() {
        coming = false;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void fit(ChannelPipeline pipeline) {
        Fitting fitting = new Fitting(reception, this);
        if (pipeline.get(Fitting.DECODER) != null) {
            fitting.fit(pipeline);
        } else {
            pipeline.addLast(fitting);
        }
    }

    /** One timer at most: a head that is complete long before it fires costs no look at the clock but its own. */
    private void arm(long nanos) {
        if (timer == null) {
            timer = context.executor().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void check() {
        timer = null;
        if (!coming) {
            return;
        }
        long left = sinceNanos + patienceNanos - System.nanoTime();
        if (left > 0) {
            arm(left);
        } else if (heard && traffic != null) {
            traffic.headLate();
        } else {
            context.close();
        }
    }
}
