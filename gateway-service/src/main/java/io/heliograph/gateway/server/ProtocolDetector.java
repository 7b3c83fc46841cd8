package io.heliograph.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/** Waits until the first bytes, or TLS, show which protocol a connection speaks; then adds the handlers for it. */
final class ProtocolDetector extends ChannelInboundHandlerAdapter {

    private final Http1Initializer http1;
    private final HeaderTimeoutHandler headerTimeout;

    ProtocolDetector(Http1Initializer http1, HeaderTimeoutHandler headerTimeout) {
        this.http1 = http1;
        this.headerTimeout = headerTimeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (!Http1Initializer.isHttp1(pipeline)) {
            // HTTP/2 has bounds of its own, and many requests at a time.
            headerTimeout.stop();
            pipeline.remove(headerTimeout);
            Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
            if (http2 != null) {
                Http2FrameValidator.install(ctx, http2.decoder());
            }
        } else {
            http1.initialize(pipeline, headerTimeout);
        }
        // What is behind this one must get the bytes, also once it has gone.
        ctx.fireChannelRead(bytes);
        // An upgrade to HTTP/2 has cleared the pipeline already.
        if (!ctx.isRemoved()) {
            pipeline.remove(this);
        }
    }
}
