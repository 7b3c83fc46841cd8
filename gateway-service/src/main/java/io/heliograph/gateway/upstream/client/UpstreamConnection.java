package io.heliograph.gateway.upstream.client;

import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.net.NetSocket;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * A connection to an instance, which carries one request at a time. It is reused only after all data read with a
 * response has been processed: unsolicited data closes it.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private final NetSocket socket;
    private final EventLoopPool pool;
    private ChannelHandlerContext channel;
    /** The current request; null if there is none. */
    private UpstreamRequest request;

    /** The request has ended, and the connection is released at the end of the current read. */
    private boolean free;

    private boolean reading;
    private boolean detached;
    private boolean closed;
    private long idleNanos;
    private long expiryNanos;

    UpstreamConnection(NetSocket socket, EventLoopPool pool) {
        this.socket = socket;
        this.pool = pool;
        this.idleNanos = pool.limits().idle().toNanos();
    }

    UpstreamRequest startRequest(PendingAcquire acquire) {
        request = new UpstreamRequest(this, acquire, pool.authority());
        return request;
    }

    /** Whether its current request is a {@code HEAD}. */
    boolean isHeadRequest() {
        return request != null && request.isHead();
    }

    ChannelFuture write(Object message) {
        return channel.writeAndFlush(message);
    }

    boolean isWritable() {
        return channel.channel().isWritable();
    }

    void read(boolean wanted) {
        channel.channel().config().setAutoRead(wanted);
    }

    /** The request has ended. Unless the connection is reusable, it is closed. */
    void requestEnded(boolean reusable) {
        request = null;
        if (!reusable || closed) {
            close();
        } else if (reading) {
            free = true;
        } else {
            pool.release(this);
        }
    }

    NetSocket detach() {
        detached = true;
        request = null;
        socket.pause();
        // Removing the decoder passes bytes that were read after the response on to the socket.
        channel.pipeline().remove(HttpRequestEncoder.class);
        channel.pipeline().remove(ResponseDecoder.class);
        return socket;
    }

    void close() {
        fail(null);
    }

    /** Applies the {@code Keep-Alive} header of a response. */
    void applyKeepAlive(String keepAlive) {
        int seconds = HttpUtils.parseKeepAliveHeaderTimeout(keepAlive);
        if (seconds >= 0) {
            idleNanos = Math.min(idleNanos, TimeUnit.SECONDS.toNanos(seconds));
        }
    }

    /** The connection is idle from now on. */
    void idle(long nowNanos) {
        expiryNanos = nowNanos + idleNanos;
    }

    boolean isExpired(long nowNanos) {
        return expiryNanos - nowNanos <= 0;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (detached) {
            if (message instanceof ByteBuf) {
                ctx.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        } else if (request == null || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            close();
        } else if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(object.decoderResult().cause());
        } else {
            reading = true;
            request.receive(object);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (free) {
            free = false;
            // The end of the response may have closed the connection.
            if (!closed && ctx.channel().isActive()) {
                pool.release(this);
            }
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (request != null && isWritable()) {
            request.drained();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (detached) {
            ctx.fireExceptionCaught(cause);
        } else {
            fail(cause);
        }
    }

    private void fail(Throwable cause) {
        // Closed first, so that writes that have not been flushed fail and the request is known to be unsent.
        channel.close();
        ended(cause);
    }

    private void ended(Throwable cause) {
        if (closed) {
            return;
        }
        closed = true;
        pool.closed(this);
        UpstreamRequest cut = request;
        request = null;
        if (cut != null) {
            cut.connectionLost(cause);
        }
    }
}
