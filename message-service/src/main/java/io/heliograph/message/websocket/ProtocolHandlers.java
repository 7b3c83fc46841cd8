package io.heliograph.message.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The requirements of RFC 6455 that the decoder of Vert.x does not check, as handlers in front of it. They report a
 * violation as the decoder does, by an exception with the close code. To be used on the event loop.
 */
final class ProtocolHandlers {

    private static final String UTF8 = "heliographUtf8";
    private static final String CLOSE_FRAME = "heliographCloseFrame";
    private static final String LINGERING_CLOSE = "heliographLingeringClose";

    private ProtocolHandlers() {}

    /** Adds the handlers before the upgrade, so that they see every frame; they forward requests and their parts. */
    static void add(HttpConnection connection) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        vertx.pipeline()
                .addBefore(vertx.name(), UTF8, new Utf8FrameValidator(false))
                .addBefore(vertx.name(), CLOSE_FRAME, new CloseFrameValidator())
                .addBefore(vertx.name(), LINGERING_CLOSE, new LingeringClose());
    }

    /** Removes the handlers after a failed upgrade. */
    static void remove(HttpConnection connection) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        for (String name : new String[] {UTF8, CLOSE_FRAME, LINGERING_CLOSE}) {
            if (pipeline.get(name) != null) {
                pipeline.remove(name);
            }
        }
    }
}
