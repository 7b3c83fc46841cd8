package io.heliograph.message.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

@Singleton
final class SocketMetrics {

    private final MeterRegistry registry;

    SocketMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void open(Set<Session> open, Map<?, ?> visitors) {
        Gauge.builder("heliograph.socket.connections", open, Set::size)
                .description("Open WebSocket connections")
                .register(registry);
        Gauge.builder("heliograph.socket.users", visitors, Map::size)
                .description("People with at least one connected socket")
                .register(registry);
        Gauge.builder("heliograph.socket.outbound.bytes", open, SocketMetrics::outboundBytes)
                .description("Bytes that wait for the readers of all sockets")
                .baseUnit("bytes")
                .register(registry);
    }

    /** An upgrade was refused for a while. */
    void refused(String code) {
        Counter.builder("heliograph.socket.refusals")
                .tag("code", code)
                .description("Sockets that were told to come back later instead of being opened")
                .register(registry)
                .increment();
    }

    /** We closed a socket; those that go by themselves are not counted. */
    void closed(CloseCode code) {
        Counter.builder("heliograph.socket.closes")
                .tag("reason", code.name().toLowerCase(Locale.ROOT))
                .description("Sockets closed by this replica")
                .register(registry)
                .increment();
    }

    private static double outboundBytes(Set<Session> open) {
        return open.stream().mapToLong(Session::outboundBytes).sum();
    }
}
