package io.heliograph.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;

/** Waits until the first bytes, or TLS, have told which protocol a connection speaks; then fits our parts in. */
final class Fitting extends ChannelInboundHandlerAdapter {

    /** The names that Vert.x gives to its own. */
    static final String DECODER = "httpDecoder";

    private static final String ENCODER = "httpEncoder";

    private final Reception reception;
    private final HeadWatch watch;

    Fitting(Reception reception, HeadWatch watch) {
        this.reception = reception;
        this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (pipeline.get(DECODER) == null) {
            // HTTP/2 has bounds of its own, and many requests at a time.
            watch.leave();
            pipeline.remove(watch);
            Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
            if (http2 != null) {
                Http2Guard.on(ctx, http2.decoder());
            }
        } else {
            fit(pipeline);
        }
        // What is behind this one must get the bytes, also once it has gone.
        ctx.fireChannelRead(bytes);
        // An upgrade to HTTP/2 has cleared the pipeline already.
        if (!ctx.isRemoved()) {
            pipeline.remove(this);
        }
    }

    void fit(ChannelPipeline pipeline) {
        PipeliningHandler traffic = new PipeliningHandler(reception, watch);
        pipeline.replace(DECODER, DECODER, new RequestDecoder(reception.options()));
        pipeline.addAfter(ENCODER, "traffic", traffic);
        watch.watch(traffic);
        if (pipeline.get(SslHandler.class) == null) {
            // A client may end its side once it has asked; what becomes of the other is up to the traffic.
            pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }
}
