package io.heliograph.message.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that the last frames arrive. TCP resets a connection that is closed with unread input, and at
 * the client the reset discards a close frame that has not been read yet. So the output is closed first, and input is
 * read and discarded until the client closes as well, for at most two seconds.
 */
final class LingeringClose extends ChannelDuplexHandler {

    /** Longer than any round trip; until then a client that keeps sending costs reads, but no memory. */
    private static final int LIMIT_SECONDS = 2;

    private boolean lingering;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Channel channel = context.channel();
        if (!channel.isActive()) {
            context.close(promise);
            return;
        }
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        if (!lingering) {
            lingering = true;
            linger(context, channel);
        }
    }

    private static void linger(ChannelHandlerContext context, Channel channel) {
        Future<?> limit = context.executor().schedule(() -> context.close(), LIMIT_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
        discardInput(context);
        channel.config().setAutoRead(true);
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) {
                endOutput(context, channel);
            } else {
                context.close();
            }
        });
    }

    /** Runs before the decoder, which would discard the bytes one by one after a violation. */
    private static void discardInput(ChannelHandlerContext context) {
        ChannelHandlerContext decoder = context.pipeline().context(WebSocketFrameDecoder.class);
        if (decoder != null) {
            context.pipeline().addBefore(decoder.name(), null, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext any, Object input) {
                    ReferenceCountUtil.release(input);
                }
            });
        }
    }

    private static void endOutput(ChannelHandlerContext context, Channel channel) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(notified -> shutdownOutput(channel));
        } else {
            shutdownOutput(channel);
        }
    }

    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /** The input that the decoder had buffered before the close. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (!lingering) {
            context.fireExceptionCaught(failure);
        }
    }
}
