package io.heliograph.gateway.websocket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;

/** The metrics of WebSockets. */
@Singleton
final class TunnelMetrics {

    private final TunnelConfig config;
    private final MeterRegistry registry;
    /** When a drain should be over, by {@link System#nanoTime}; 0 while none is under way. */
    private volatile long drainedByNanos;

    TunnelMetrics(TunnelConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    void open(Collection<?> open) {
        Gauge.builder("heliograph.gateway.tunnels", open, Collection::size)
                .description("Open WebSockets")
                .register(registry);
        Gauge.builder("heliograph.gateway.tunnels.limit", config, TunnelConfig::max)
                .description("WebSockets that this gateway takes, in all")
                .register(registry);
        Gauge.builder("heliograph.drain.overdue", open, this::overdue)
                .description("WebSockets still open although their drain should be over")
                .register(registry);
    }

    void draining() {
        drainedByNanos = System.nanoTime() + config.drainPeriod().toNanos() + Tunnel.CLOSE_TIMEOUT.toNanos();
    }

    private double overdue(Collection<?> open) {
        return drainedByNanos != 0 && System.nanoTime() - drainedByNanos > 0 ? open.size() : 0;
    }
}
