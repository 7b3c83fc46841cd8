package io.heliograph.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the open connections of clients, WebSockets included. The limit of Quarkus counts a connection that became a
 * tunnel forever. Used from any thread.
 */
@Singleton
final class ConnectionLimiter {

    private final AtomicInteger open = new AtomicInteger();
    private final ConnectionConfig config;
    private final Counter rejected;

    ConnectionLimiter(ConnectionConfig config, MeterRegistry registry) {
        this.config = config;
        Gauge.builder("heliograph.gateway.connections", open, AtomicInteger::get)
                .description("Open connections of clients, WebSockets included")
                .register(registry);
        this.rejected = Counter.builder("heliograph.gateway.connections.rejected")
                .description("Connections closed at once, since as many were open as may be")
                .register(registry);
    }

    /** Whether there may be one more; it is counted until it is closed. */
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
