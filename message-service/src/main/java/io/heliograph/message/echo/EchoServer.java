package io.heliograph.message.echo;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens on TCP and sends each byte back, if it is enabled. Runs on a thread of its own, so that its traffic does not
 * delay the event loops of the service. Built on Netty, because Vert.x closes a connection at its first half-close and
 * loses the bytes that are still to be sent.
 */
@Singleton
final class EchoServer {

    private static final Logger LOG = Logger.getLogger(EchoServer.class);

    /** Bytes that the client has not read yet: reading pauses at the first mark and resumes at the second. */
    private static final WriteBufferWaterMark UNTAKEN = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final EchoConfig config;
    private final String host;
    private final AtomicInteger connections = new AtomicInteger();
    private EventLoopGroup loop;
    private Channel listener;

    /** @param host the host of the HTTP listener */
    EchoServer(EchoConfig config, @ConfigProperty(name = "quarkus.http.host") String host, MeterRegistry registry) {
        this.config = config;
        this.host = host;
        Gauge.builder("heliograph.echo.connections", connections, AtomicInteger::get)
                .description("Connections to the echo listener")
                .register(registry);
    }

    /** Fails if the port cannot be bound. */
    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            loop = new NioEventLoopGroup(1);
            listener = listen();
            LOG.infof("Echo listens on port %d", port());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    boolean isListening() {
        return listener != null;
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private Channel listen() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNTAKEN)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection);
                    }
                })
                .bind(host, config.port())
                .syncUninterruptibly()
                .channel();
    }

    private void accept(Channel connection) {
        if (connections.incrementAndGet() > config.maxConnections()) {
            connections.decrementAndGet();
            connection.close();
            return;
        }
        connection.closeFuture().addListener(closed -> connections.decrementAndGet());
        connection
                .pipeline()
                .addLast(
                        new IdleStateHandler(0, 0, config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS),
                        new EchoHandler());
    }
}
