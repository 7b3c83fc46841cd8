package io.heliograph.benchmarks.harness.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A histogram of latencies, to three digits. */
public final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final Histogram nanos = new Histogram(LONGEST, 3);

    /** Records a latency. A negative value counts as 0. */
    public void record(long nanos) {
        this.nanos.recordValue(Math.min(LONGEST, Math.max(0, nanos)));
    }

    /** Adds all values of the other histogram. */
    public void add(Latencies other) {
        nanos.add(other.nanos);
    }

    public long count() {
        return nanos.getTotalCount();
    }

    public double meanMillis() {
        return nanos.getMean() / 1e6;
    }

    public double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
