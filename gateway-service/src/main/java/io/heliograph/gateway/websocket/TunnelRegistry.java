package io.heliograph.gateway.websocket;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.websocket.WebSocketLimitFilter.WebSocketLimiter;
import io.heliograph.gateway.websocket.WebSocketLimitFilter.WebSocketLimiter.WebSocketSlot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The open WebSockets of this gateway, and their drain at shutdown. Used from any thread. */
@Singleton
public final class TunnelRegistry {

    /** The interval in milliseconds at which a drain closes a share of the WebSockets. */
    private static final long DRAIN_STEP = 50;

    private final Vertx vertx;
    private final WebSocketConfig config;
    private final WebSocketLimitFilter limitFilter;
    private final WebSocketLimiter limiter;
    private final WebSocketMetrics metrics;
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

    TunnelRegistry(
            Vertx vertx,
            WebSocketConfig config,
            WebSocketLimitFilter limitFilter,
            WebSocketLimiter limiter,
            WebSocketMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.limitFilter = limitFilter;
        this.limiter = limiter;
        this.metrics = metrics;
        metrics.open(open);
    }

    /**
     * Connects the client of an exchange with a service that has accepted the upgrade, once the socket of the client is
     * available.
     */
    public void connect(Exchange exchange, Future<NetSocket> client, NetSocket service) {
        WebSocketSlot slot = limitFilter.takeSlot(exchange);
        client.onSuccess(socket -> connect(socket, service, slot)).onFailure(failure -> {
            limiter.release(slot);
            service.close();
        });
    }

    private void connect(NetSocket client, NetSocket service, WebSocketSlot slot) {
        Tunnel tunnel = new Tunnel(vertx, client, service);
        open.add(tunnel);
        tunnel.open(() -> {
            open.remove(tunnel);
            limiter.release(slot);
        });
    }

    /**
     * Closes the WebSockets gradually and in random order, so that clients do not all reconnect at once; immediately
     * without a shutdown delay, since the server closes next.
     */
    void drain(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        metrics.draining();
        if (delay.isZero()) {
            open.forEach(Tunnel::drain);
            return;
        }
        List<Tunnel> all = new ArrayList<>(open);
        Collections.shuffle(all);
        Queue<Tunnel> leaving = new ArrayDeque<>(all);
        long steps = Math.max(1, config.drainPeriod().toMillis() / DRAIN_STEP);
        int share = (int) ((leaving.size() + steps - 1) / steps);
        vertx.setPeriodic(DRAIN_STEP, timer -> {
            for (int i = 0; i < share && !leaving.isEmpty(); i++) {
                leaving.remove().drain();
            }
            if (leaving.isEmpty()) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** Closes the WebSockets that were opened while the drain began. */
    void stop(@Observes ShutdownEvent event) {
        open.forEach(Tunnel::drain);
    }

    /** The metrics of WebSockets. */
    @Singleton
    static final class WebSocketMetrics {

        private final WebSocketConfig config;
        private final MeterRegistry registry;
        /** When the drain should have ended, by {@link System#nanoTime}; 0 without a drain. */
        private volatile long drainedByNanos;

        WebSocketMetrics(WebSocketConfig config, MeterRegistry registry) {
            this.config = config;
            this.registry = registry;
        }

        void open(Collection<?> open) {
            Gauge.builder("heliograph.gateway.websockets", open, Collection::size)
                    .description("Open WebSockets")
                    .register(registry);
            Gauge.builder("heliograph.gateway.websockets.limit", config, WebSocketConfig::max)
                    .description("The limit of WebSockets of this gateway")
                    .register(registry);
            Gauge.builder("heliograph.drain.overdue", open, this::overdue)
                    .description("WebSockets that are open after the end of the drain period")
                    .register(registry);
        }

        void draining() {
            drainedByNanos = System.nanoTime() + config.drainPeriod().toNanos() + Tunnel.CLOSE_TIMEOUT.toNanos();
        }

        private double overdue(Collection<?> open) {
            return drainedByNanos != 0 && System.nanoTime() - drainedByNanos > 0 ? open.size() : 0;
        }
    }
}
