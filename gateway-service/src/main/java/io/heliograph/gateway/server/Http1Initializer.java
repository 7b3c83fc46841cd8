package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Drain;
import io.heliograph.gateway.pipeline.ExchangeMetrics;
import io.heliograph.gateway.security.CorsPolicy;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** Adds the gateway's handlers to the pipeline of a connection that speaks HTTP/1. */
@Singleton
final class Http1Initializer {

    /** The names that Vert.x gives to its own handlers. */
    private static final String DECODER = "httpDecoder";

    private static final String ENCODER = "httpEncoder";

    private final ConnectionConfig config;
    private final Drain drain;
    private final ExchangeMetrics metrics;
    private final CorsPolicy cors;
    private volatile HttpServerOptions options = new HttpServerOptions();

    Http1Initializer(ConnectionConfig config, Drain drain, ExchangeMetrics metrics, CorsPolicy cors) {
        this.config = config;
        this.drain = drain;
        this.metrics = metrics;
        this.cors = cors;
    }

    /** Sets the options of the server that has started, which the decoder needs. */
    void options(HttpServerOptions options) {
        this.options = options;
    }

    static boolean isHttp1(ChannelPipeline pipeline) {
        return pipeline.get(DECODER) != null;
    }

    void initialize(ChannelPipeline pipeline, HeaderTimeoutHandler headerTimeout) {
        PipeliningHandler pipelining = new PipeliningHandler(config, drain, metrics, cors, headerTimeout);
        pipeline.replace(DECODER, DECODER, new RequestDecoder(options));
        pipeline.addAfter(ENCODER, "pipelining", pipelining);
        headerTimeout.attach(pipelining);
        if (pipeline.get(SslHandler.class) == null) {
            // A client may shut down its output after a request; PipeliningHandler decides when the rest is closed.
            pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    /** Waits until the first bytes, or TLS, determine the protocol of a connection; then adds the handlers for it. */
    static final class ProtocolDetector extends ChannelInboundHandlerAdapter {

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
                // HTTP/2 has limits of its own, and concurrent requests.
                headerTimeout.stop();
                pipeline.remove(headerTimeout);
                Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
                if (http2 != null) {
                    Http2FrameValidator.install(ctx, http2.decoder());
                }
            } else {
                http1.initialize(pipeline, headerTimeout);
            }
            // The next handlers must get the bytes before this one is removed.
            ctx.fireChannelRead(bytes);
            // An upgrade to HTTP/2 may have removed this handler already.
            if (!ctx.isRemoved()) {
                pipeline.remove(this);
            }
        }
    }
}
