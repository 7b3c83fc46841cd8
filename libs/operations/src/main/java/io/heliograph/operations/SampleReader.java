package io.heliograph.operations;

import io.heliograph.operations.SampleMeters.MeterName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Creates samples from the existing meters; nothing is counted only for them. Rates and quantiles are those of the time
 * between two readings. Not thread-safe.
 */
final class SampleReader {

    private static final String REQUESTS = "http.server.requests";
    static final String LAG = "heliograph.event.loop.lag";

    /** The label by which Vert.x distinguishes its pools. */
    private static final String POOL = "pool.name";

    private final MeterRegistry registry;
    private final SampleMeters meters;
    private Reading last;

    /** Counts since the start of the process. */
    private final class Reading {

        private final long atNanos = System.nanoTime();
        private final long cpuNanos = ProcessUsage.cpuTime().toNanos();
        private final Histogram requests = new Histogram();
        private final double deliveries = sum(meters.deliveries());
        private double errors;

        Reading() {
            for (Timer timer : registry.find(REQUESTS).timers()) {
                if (!meters.streams().contains(String.valueOf(timer.getId().getTag("uri")))) {
                    requests.add(timer.takeSnapshot());
                    errors += String.valueOf(timer.getId().getTag("status")).startsWith("5") ? timer.count() : 0;
                }
            }
        }
    }

    SampleReader(MeterRegistry registry, SampleMeters meters) {
        this.registry = registry;
        this.meters = meters;
        restart();
    }

    /** The next sample is of the time from now on. */
    final void restart() {
        last = new Reading();
    }

    /** Of the time since the last one. */
    Sample read() {
        Reading now = new Reading();
        double seconds = Math.max(1e-3, (now.atNanos - last.atNanos) / 1e9);
        Histogram requests = now.requests.since(last.requests);
        Sample sample = new Sample(
                meters.service(),
                meters.replica(),
                (now.cpuNanos - last.cpuNanos) / 1e9 / seconds,
                ProcessUsage.memoryBytes(),
                requests.total() / seconds,
                Math.max(0, now.errors - last.errors) / seconds,
                requests.quantile(0.5) / 1e6,
                requests.quantile(0.95) / 1e6,
                requests.quantile(0.99) / 1e6,
                (long) sum(meters.inFlight()),
                (long) sum(meters.connections()),
                Math.max(0, now.deliveries - last.deliveries) / seconds,
                lagMillis(),
                (long) sum(meters.poolInUse()),
                waiting());
        last = now;
        return sample;
    }

    private double lagMillis() {
        return registry.find(LAG).timeGauges().stream()
                .mapToDouble(lag -> lag.value(TimeUnit.MILLISECONDS))
                .max()
                .orElse(0);
    }

    /** Vert.x never subtracts the requests that a pool rejected; while a pool has free connections, none waits. */
    private long waiting() {
        return (long) meters.poolWaiting().stream()
                .flatMap(this::find)
                .filter(meter -> isExhausted(meter.getId().getTag(POOL)))
                .mapToDouble(SampleReader::value)
                .filter(Double::isFinite)
                .sum();
    }

    private boolean isExhausted(String pool) {
        Gauge used = pool == null
                ? null
                : registry.find("sql.pool.ratio").tag(POOL, pool).gauge();
        return used == null || used.value() >= 1;
    }

    private double sum(List<MeterName> names) {
        return names.stream()
                .flatMap(this::find)
                .mapToDouble(SampleReader::value)
                .filter(Double::isFinite)
                .sum();
    }

    private Stream<Meter> find(MeterName name) {
        Search search = registry.find(name.name());
        return (name.label() == null ? search : search.tag(name.label(), name.value())).meters().stream();
    }

    private static double value(Meter meter) {
        if (meter instanceof Gauge gauge) {
            return gauge.value();
        }
        return meter instanceof Counter counter ? counter.count() : 0;
    }
}
