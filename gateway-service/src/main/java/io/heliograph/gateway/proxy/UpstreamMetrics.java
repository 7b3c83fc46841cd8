package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstream.UpstreamGauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of calls to upstreams. All labels are of closed sets. */
@Singleton
final class UpstreamMetrics {

    private final MeterRegistry registry;
    /** By name, since a change of the configuration may replace an upstream. */
    private final Map<String, Upstream> registered = new ConcurrentHashMap<>();

    UpstreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the gauges of an upstream at its first call. */
    void register(Upstream upstream) {
        if (registered.get(upstream.name()) != upstream && registered.put(upstream.name(), upstream) == null) {
            gauge(upstream.name(), "connections", "in_use", UpstreamGauge.CONNECTIONS_IN_USE);
            gauge(upstream.name(), "connections", "idle", UpstreamGauge.CONNECTIONS_IDLE);
            gauge(upstream.name(), "connections", "awaited", UpstreamGauge.REQUESTS_WAITING);
            gauge(upstream.name(), "instances", "closed", UpstreamGauge.INSTANCES_CLOSED);
            gauge(upstream.name(), "instances", "open", UpstreamGauge.INSTANCES_OPEN);
            gauge(upstream.name(), "instances", "half_open", UpstreamGauge.INSTANCES_HALF_OPEN);
        }
    }

    void failed(Upstream upstream, UpstreamFailure failure) {
        count("failures", upstream, failure);
    }

    void retried(Upstream upstream, UpstreamFailure failure) {
        count("retries", upstream, failure);
    }

    /** Looks up the counter each time, since failures are rare. */
    private void count(String what, Upstream upstream, UpstreamFailure failure) {
        registry.counter("heliograph.gateway.upstream." + what, "upstream", upstream.name(), "reason", failure.reason())
                .increment();
    }

    private void gauge(String name, String what, String state, UpstreamGauge gauge) {
        io.micrometer.core.instrument.Gauge.builder(
                        "heliograph.gateway.upstream." + what,
                        () -> registered.get(name).sum(gauge))
                .tag("upstream", name)
                .tag("state", state)
                .register(registry);
    }
}
