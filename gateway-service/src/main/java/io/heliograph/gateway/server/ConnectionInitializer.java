package io.heliograph.gateway.server;

import io.heliograph.gateway.upstream.client.RoundFlush;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits and prepares each connection before its first byte is read. Neither Quarkus nor Vert.x has a hook for this, so
 * it is a handler in the pipelines of the server sockets, which are found on the acceptor event loop.
 */
@Singleton
@Sharable
final class ConnectionInitializer extends ChannelInboundHandlerAdapter {

    private static final String NAME = "connection-initializer";

    private final Vertx vertx;
    private final ConnectionLimiter limiter;
    private final Http1Initializer http1;
    private final ConnectionConfig config;

    ConnectionInitializer(Vertx vertx, ConnectionConfig config, ConnectionLimiter limiter, Http1Initializer http1) {
        this.vertx = vertx;
        this.limiter = limiter;
        this.http1 = http1;
        this.config = config;
    }

    void start(@ObservesAsync HttpServerStart event) {
        start(event.options());
    }

    void start(@ObservesAsync HttpsServerStart event) {
        start(event.options());
    }

    private void start(HttpServerOptions options) {
        http1.options(options);
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
            // The connection is not registered with an event loop yet.
            connection.unsafe().closeForcibly();
            return;
        }
        RoundFlush.on(connection);
        connection
                .pipeline()
                .addLast(new HeaderTimeoutHandler(http1, config.headerTimeout().toNanos()));
        ctx.fireChannelRead(accepted);
    }

    /**
     * Limits the open connections of clients, WebSockets included. The limit of Quarkus never releases a connection
     * that was upgraded. Used from any thread.
     */
    @Singleton
    static final class ConnectionLimiter {

        private final AtomicInteger open = new AtomicInteger();
        private final ConnectionConfig config;
        private final Counter rejected;

        ConnectionLimiter(ConnectionConfig config, MeterRegistry registry) {
            this.config = config;
            Gauge.builder("heliograph.gateway.connections", open, AtomicInteger::get)
                    .description("Open connections of clients, WebSockets included")
                    .register(registry);
            this.rejected = Counter.builder("heliograph.gateway.connections.rejected")
                    .description("Connections closed at once, because the limit was reached")
                    .register(registry);
        }

        /** Whether the connection is within the limit. It is counted until it is closed. */
        boolean tryAccept(Channel connection) {
            if (open.incrementAndGet() > config.maxConnections()) {
                open.decrementAndGet();
                rejected.increment();
                return false;
            }
            connection.closeFuture().addListener(closed -> open.decrementAndGet());
            return true;
        }
    }

    /**
     * Disables the WebSocket extensions of Vert.x: client and service negotiate them, and Vert.x would inspect every
     * request and response.
     */
    @Singleton
    static final class ServerOptionsCustomizer implements HttpServerOptionsCustomizer {

        @Override
        public void customizeHttpServer(HttpServerOptions options) {
            disableWebSocketExtensions(options);
        }

        @Override
        public void customizeHttpsServer(HttpServerOptions options) {
            disableWebSocketExtensions(options);
        }

        private static void disableWebSocketExtensions(HttpServerOptions options) {
            options.setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        }
    }
}
