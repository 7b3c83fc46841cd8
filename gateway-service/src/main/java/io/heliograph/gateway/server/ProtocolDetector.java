package io.heliograph.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;

/** Waits until the first bytes, or TLS, have told which protocol a connection speaks; then fits our parts in. */
final class ProtocolDetector extends ChannelInboundHandlerAdapter {

    /** The names that Vert.x gives to its own. */
    static final String DECODER = "httpDecoder";

    private static final String ENCODER = "httpEncoder";

    private final ConnectionInitializer initializer;
    private final HeaderTimeoutHandler headerTimeout;

    ProtocolDetector(ConnectionInitializer initializer, HeaderTimeoutHandler headerTimeout) {
        this.initializer = initializer;
        this.headerTimeout = headerTimeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (pipeline.get(DECODER) == null) {
            // HTTP/2 has bounds of its own, and many requests at a time.
            headerTimeout.stop();
            pipeline.remove(headerTimeout);
            Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
            if (http2 != null) {
                Http2FrameValidator.install(ctx, http2.decoder());
            }
        } else {
            configureHttp1(pipeline);
        }
        // What is behind this one must get the bytes, also once it has gone.
        ctx.fireChannelRead(bytes);
        // An upgrade to HTTP/2 has cleared the pipeline already.
        if (!ctx.isRemoved()) {
            pipeline.remove(this);
        }
    }

    void configureHttp1(ChannelPipeline pipeline) {
        PipeliningHandler pipelining = new PipeliningHandler(initializer, headerTimeout);
        pipeline.replace(DECODER, DECODER, new RequestDecoder(initializer.options()));
        pipeline.addAfter(ENCODER, "traffic", pipelining);
        headerTimeout.attach(pipelining);
        if (pipeline.get(SslHandler.class) == null) {
            // A client may end its side once it has asked; what becomes of the other is up to the traffic.
            pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }
}
