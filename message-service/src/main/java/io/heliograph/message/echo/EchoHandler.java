package io.heliograph.message.echo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;

/** Sends back the bytes of one connection. It stops reading while the client does not read the response. */
final class EchoHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        followWritability(context.channel());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        followWritability(context.channel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // The client has sent everything: it gets the remaining bytes, then the end.
            context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        } else if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    /** A broken connection is not logged. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }

    private static void followWritability(Channel channel) {
        channel.config().setAutoRead(channel.isWritable());
    }
}
