package io.heliograph.message.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** Rejects close codes that no client may send (RFC 6455, 7.4); Netty's decoder accepts codes from 5000 on. */
final class CloseFrameValidator extends ChannelInboundHandlerAdapter {

    /** Netty's value for a close frame without a code. */
    private static final int NONE = -1;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof CloseWebSocketFrame close && !isValid(close.statusCode())) {
            close.release();
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "invalid close code");
        }
        context.fireChannelRead(message);
    }

    private static boolean isValid(int code) {
        return code == NONE
                || (code >= 1000 && code <= 1003)
                || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }
}
