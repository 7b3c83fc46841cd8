package io.heliograph.gateway.pipeline;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Configures the histogram buckets of the gateway's timers, without which there are no quantiles over several replicas.
 */
final class LatencyBuckets implements MeterFilter {

    private static final Set<String> TIMERS =
            Set.of("http.server.requests", "heliograph.gateway.upstream", "heliograph.gateway.limits.redis");

    /** Close together where the objectives are, and up to the longest an exchange may take. */
    private static final double[] NANOS = Stream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    @Produces
    @Singleton
    static MeterFilter filter() {
        return new LatencyBuckets();
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!TIMERS.contains(id.getName())) {
            return config;
        }
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(NANOS)
                .build()
                .merge(config);
    }
}
