package io.heliograph.message.overload;

import io.heliograph.message.overload.Arrival.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

final class OverloadMetrics {

    private final MeterRegistry registry;

    OverloadMetrics(MeterRegistry registry, List<Congestion> congestions) {
        this.registry = registry;
        // Registered at the start: a counter that appears with its first event shows no increase.
        congestions.forEach(this::counter);
    }

    void gauges(TrafficShaper shaper, LagCongestion lag) {
        Gauge.builder("heliograph.overload.rate", shaper, TrafficShaper::rate)
                .description("Arrivals a second that are admitted: openings of sockets, and joins")
                .register(registry);
        TimeGauge.builder("heliograph.overload.lag", lag, TimeUnit.SECONDS, LagCongestion::seconds)
                .description("The standing lag of the slowest event loop in the last measured interval")
                .register(registry);
        for (Kind kind : Kind.values()) {
            Gauge.builder("heliograph.overload.waiting", shaper, waiting -> waiting.waiting(kind))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .description("Arrivals that wait for admission")
                    .register(registry);
        }
    }

    /** A resource was short for an interval. */
    void congested(Congestion congestion) {
        counter(congestion).increment();
    }

    private Counter counter(Congestion congestion) {
        return Counter.builder("heliograph.overload.congestions")
                .tag("resource", congestion.resource())
                .description("Intervals of 50 ms in which a resource was short, so that fewer clients were admitted")
                .register(registry);
    }
}
