package io.heliograph.rest.request;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** Gives the request timer its histogram buckets; without them no percentile can be computed across replicas. */
@Singleton
final class RequestMetrics {

    /** Milliseconds: close together where the objectives lie (2 to 250), then one for each timeout. */
    private static final double[] BUCKETS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000};

    @Produces
    @Singleton
    MeterFilter requestLabels() {
        return new RequestLabels();
    }

    @Produces
    @Singleton
    MeterFilter requestBuckets() {
        double[] nanos = DoubleStream.of(BUCKETS)
                .map(millis -> millis * Duration.ofMillis(1).toNanos())
                .toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (!id.getName().equals("http.server.requests")) {
                    return config;
                }
                return DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(nanos)
                        .build()
                        .merge(config);
            }
        };
    }
}
