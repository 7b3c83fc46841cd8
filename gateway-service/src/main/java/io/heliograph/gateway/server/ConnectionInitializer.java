package io.heliograph.gateway.server;

import io.heliograph.gateway.drain.Drain;
import io.heliograph.gateway.exchange.ExchangeMetrics;
import io.heliograph.gateway.loop.RoundFlush;
import io.heliograph.gateway.security.CorsPolicy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/**
 * Meets each connection before the first of its bytes is read. Neither Quarkus nor Vert.x has a place for that, so it
 * stands in the pipelines of the listening sockets, which it finds on the event loop that accepts.
 */
@Singleton
@Sharable
final class ConnectionInitializer extends ChannelInboundHandlerAdapter {

    private static final String NAME = "reception";

    private final Vertx vertx;
    private final ConnectionConfig config;
    private final Drain drain;
    private final ExchangeMetrics metrics;
    private final ConnectionLimiter limiter;
    private final CorsPolicy cors;
    private volatile HttpServerOptions options = new HttpServerOptions();

    ConnectionInitializer(
            Vertx vertx,
            ConnectionConfig config,
            Drain drain,
            ExchangeMetrics metrics,
            ConnectionLimiter limiter,
            CorsPolicy cors) {
        this.vertx = vertx;
        this.config = config;
        this.drain = drain;
        this.metrics = metrics;
        this.limiter = limiter;
        this.cors = cors;
    }

    void start(@ObservesAsync HttpServerStart event) {
        start(event.options());
    }

    void start(@ObservesAsync HttpsServerStart event) {
        start(event.options());
    }

    private void start(HttpServerOptions started) {
        options = started;
        EventLoopGroup acceptors = ((VertxInternal) vertx).getAcceptorEventLoopGroup();
        for (EventExecutor acceptor : acceptors) {
            acceptor.execute(() -> ((SingleThreadEventLoop) acceptor)
                    .registeredChannelsIterator()
                    .forEachRemaining(this::addTo));
        }
    }

    private void addTo(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel connection = (Channel) accepted;
        if (!limiter.tryAccept(connection)) {
            // On no event loop yet.
            connection.unsafe().closeForcibly();
            return;
        }
        RoundFlush.on(connection);
        connection.pipeline().addLast(new HeaderTimeoutHandler(this));
        ctx.fireChannelRead(accepted);
    }

    ConnectionConfig config() {
        return config;
    }

    HttpServerOptions options() {
        return options;
    }

    boolean isDraining() {
        return drain.isUnderWay();
    }

    CorsPolicy cors() {
        return cors;
    }

    ExchangeMetrics metrics() {
        return metrics;
    }
}
