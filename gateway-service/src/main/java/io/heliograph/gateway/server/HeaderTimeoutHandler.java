package io.heliograph.gateway.server;

import io.heliograph.gateway.server.Http1Initializer.ProtocolDetector;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose request headers do not complete in time. It is the first handler, so that a TLS handshake
 * counts as well.
 */
final class HeaderTimeoutHandler extends ChannelInboundHandlerAdapter {

    private final Http1Initializer http1;
    private final long timeoutNanos;
    private ChannelHandlerContext context;
    private PipeliningHandler pipelining;
    private Future<?> timer;
    private boolean received;
    /** Whether the next bytes begin a request. */
    private boolean betweenRequests;
    /** When the first byte of the current request was received. */
    private long sinceNanos;

    private boolean awaitingHeaders = true;

    HeaderTimeoutHandler(Http1Initializer http1, long timeoutNanos) {
        this.http1 = http1;
        this.timeoutNanos = timeoutNanos;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        sinceNanos = System.nanoTime();
        schedule(timeoutNanos);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (!received) {
            received = true;
            detectProtocol(ctx.pipeline());
        }
        if (betweenRequests) {
            betweenRequests = false;
            awaitingHeaders = true;
            sinceNanos = System.nanoTime();
            schedule(timeoutNanos);
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** The protocol is HTTP/1. */
    void attach(PipeliningHandler handler) {
        pipelining = handler;
    }

    /** The headers are complete. */
    void headersComplete() {
        awaitingHeaders = false;
    }

    /** The request and its response are complete. */
    void requestComplete() {
        betweenRequests = true;
    }

    /** Stops the timeout. */
    void stop() {
        awaitingHeaders = false;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void detectProtocol(ChannelPipeline pipeline) {
        if (Http1Initializer.isHttp1(pipeline)) {
            http1.initialize(pipeline, this);
        } else {
            pipeline.addLast(new ProtocolDetector(http1, this));
        }
    }

    /** Schedules at most one timer, which is not cancelled for each request but checks the time when it fires. */
    private void schedule(long nanos) {
        if (timer == null) {
            timer = context.executor().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void check() {
        timer = null;
        if (!awaitingHeaders) {
            return;
        }
        long left = sinceNanos + timeoutNanos - System.nanoTime();
        if (left > 0) {
            schedule(left);
        } else if (received && pipelining != null) {
            pipelining.onHeaderTimeout();
        } else {
            context.close();
        }
    }
}
