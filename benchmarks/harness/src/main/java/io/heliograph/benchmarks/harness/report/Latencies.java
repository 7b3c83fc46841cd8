package io.heliograph.benchmarks.harness.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long things took, to three digits. */
public final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final Histogram nanos = new Histogram(LONGEST, 3);

    /** What came before the event it is measured from took no time. */
    public void record(long nanos) {
        this.nanos.recordValue(Math.min(LONGEST, Math.max(0, nanos)));
    }

    /** Adds all that the other has recorded. */
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
