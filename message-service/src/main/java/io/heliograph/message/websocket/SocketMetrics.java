package io.heliograph.message.websocket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

@Singleton
final class SocketMetrics {

    /** How much later than planned the last sockets may close, because their event loops close others first. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final SocketConfig config;
    private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
    /** The planned end of a drain, by {@link System#nanoTime}; 0 if none is in progress. */
    private volatile long drainedByNanos;

    SocketMetrics(MeterRegistry registry, SocketConfig config) {
        this.registry = registry;
        this.config = config;
        // Registered at the start: a counter that appears with its first event shows no increase.
        Arrays.stream(CloseCode.values()).forEach(code -> closes.put(code, closes(code)));
        List.of("overloaded", "draining").forEach(this::refusals);
    }

    void open(Set<OpenSession> open, UserConnections users) {
        Gauge.builder("heliograph.socket.connections", open, Set::size)
                .description("Open WebSocket connections")
                .register(registry);
        Gauge.builder("heliograph.socket.users", users, UserConnections::users)
                .description("Users with at least one connected socket")
                .register(registry);
        Gauge.builder("heliograph.socket.outbound.bytes", open, SocketMetrics::outboundBytes)
                .description("Bytes queued for all sockets")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("heliograph.drain.overdue", open, this::overdue)
                .description("WebSockets still open although their drain should be over")
                .register(registry);
    }

    void draining() {
        drainedByNanos = System.nanoTime() + config.drainPeriod().plus(MARGIN).toNanos();
    }

    /** Counts an upgrade that was refused with {@code Retry-After}. */
    void refused(String code) {
        refusals(code).increment();
    }

    /** Counts a socket that the service closed; sockets that the client closes are not counted. */
    void closed(CloseCode code) {
        closes.get(code).increment();
    }

    private Counter refusals(String code) {
        return Counter.builder("heliograph.socket.refusals")
                .tag("code", code)
                .description("Sockets that were refused with Retry-After instead of being opened")
                .register(registry);
    }

    private Counter closes(CloseCode code) {
        return Counter.builder("heliograph.socket.closes")
                .tag("reason", code.name().toLowerCase(Locale.ROOT))
                .description("Sockets closed by this replica")
                .register(registry);
    }

    private double overdue(Set<OpenSession> open) {
        return drainedByNanos != 0 && System.nanoTime() - drainedByNanos > 0 ? open.size() : 0;
    }

    private static double outboundBytes(Set<OpenSession> open) {
        return open.stream().mapToLong(OpenSession::outboundBytes).sum();
    }
}
