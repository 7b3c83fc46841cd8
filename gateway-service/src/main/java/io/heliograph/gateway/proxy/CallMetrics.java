package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.Gauge;
import io.heliograph.gateway.upstream.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of what happens between the gateway and its upstreams. All labels are of sets that the gateway knows. */
@Singleton
final class CallMetrics {

    private final MeterRegistry registry;
    /** By name: after a change of the configuration there may be another of the same name. */
    private final Map<String, Upstream> watched = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows what an upstream has, from its first call on. */
    void watch(Upstream upstream) {
        if (watched.get(upstream.name()) != upstream && watched.put(upstream.name(), upstream) == null) {
            gauge(upstream.name(), "connections", "in_use", Gauge.CONNECTIONS_IN_USE);
            gauge(upstream.name(), "connections", "idle", Gauge.CONNECTIONS_IDLE);
            gauge(upstream.name(), "connections", "awaited", Gauge.REQUESTS_WAITING);
            gauge(upstream.name(), "instances", "closed", Gauge.INSTANCES_CLOSED);
            gauge(upstream.name(), "instances", "open", Gauge.INSTANCES_OPEN);
            gauge(upstream.name(), "instances", "half_open", Gauge.INSTANCES_HALF_OPEN);
        }
    }

    void failed(Upstream upstream, Failure failure) {
        count("failures", upstream, failure);
    }

    void repeated(Upstream upstream, Failure failure) {
        count("retries", upstream, failure);
    }

    /** Failures are rare enough to look the counter up. */
    private void count(String what, Upstream upstream, Failure failure) {
        registry.counter("heliograph.gateway.upstream." + what, "upstream", upstream.name(), "reason", failure.reason())
                .increment();
    }

    private void gauge(String name, String what, String state, Gauge gauge) {
        io.micrometer.core.instrument.Gauge.builder("heliograph.gateway.upstream." + what, () -> watched.get(name)
                        .sum(gauge))
                .tag("upstream", name)
                .tag("state", state)
                .register(registry);
    }
}
