package io.heliograph.message.preview;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of previews. */
@Singleton
final class PreviewMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Timer time;

    PreviewMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Registered at the start: a counter that appears with its first event shows no increase.
        List.of("found", "preview_refused", "preview_unavailable", "rate_limited", "overloaded", "internal_error")
                .forEach(this::previews);
        this.time = Timer.builder("heliograph.previews.fetch")
                .description("From the first request to a host to the preview, or to the failure")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
        Gauge.builder("heliograph.previews.in.flight", inFlight, AtomicInteger::get)
                .description("Pages that are being fetched")
                .register(registry);
    }

    /** Returns the callback for the end. */
    Runnable fetching() {
        long start = System.nanoTime();
        inFlight.incrementAndGet();
        return () -> {
            inFlight.decrementAndGet();
            time.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        };
    }

    /** @param outcome {@code found}, or the code of the problem */
    void answered(String outcome) {
        previews(outcome).increment();
    }

    private Counter previews(String outcome) {
        return Counter.builder("heliograph.previews")
                .description("Previews by outcome; those that the gateway served from its cache are not counted")
                .tag("outcome", outcome)
                .register(registry);
    }
}
