package io.heliograph.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The 99th percentile of the time to the response head, over the last ten to twenty seconds, rounded up to half a power
 * of two. Used from any thread; concurrent updates at the change of windows may be lost.
 */
final class LatencyPercentile {

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    /** Two steps for each power of two of nanoseconds. */
    private static final int BUCKETS = 128;

    private record Windows(long startNanos, LongAdder[] now, LongAdder[] before) {}

    private final AtomicReference<Windows> windows;

    LatencyPercentile(long nowNanos) {
        this.windows = new AtomicReference<>(new Windows(nowNanos, empty(), empty()));
    }

    void record(long tookNanos, long nowNanos) {
        current(nowNanos).now[bucket(tookNanos)].increment();
    }

    /** The 99th percentile; 0 without responses. */
    long p99Nanos(long nowNanos) {
        Windows seen = current(nowNanos);
        long[] counts = new long[BUCKETS];
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = seen.now[i].sum() + seen.before[i].sum();
            all += counts[i];
        }
        long above = all;
        for (int i = 0; i < BUCKETS; i++) {
            above -= counts[i];
            if (above * 100 <= all && all > 0) {
                return upperNanos(i);
            }
        }
        return 0;
    }

    private Windows current(long nowNanos) {
        Windows seen = windows.get();
        long age = nowNanos - seen.startNanos;
        if (age < WINDOW_NANOS) {
            return seen;
        }
        Windows next = new Windows(nowNanos, empty(), age < 2 * WINDOW_NANOS ? seen.now : empty());
        return windows.compareAndSet(seen, next) ? next : windows.get();
    }

    private static LongAdder[] empty() {
        LongAdder[] counts = new LongAdder[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = new LongAdder();
        }
        return counts;
    }

    private static int bucket(long nanos) {
        long positive = Math.max(1, nanos);
        int power = 63 - Long.numberOfLeadingZeros(positive);
        boolean upperHalf = power > 0 && (positive >>> (power - 1) & 1) == 1;
        return 2 * power + (upperHalf ? 1 : 0);
    }

    private static long upperNanos(int bucket) {
        long power = 1L << (bucket / 2);
        return bucket % 2 == 0 ? power + power / 2 : 2 * power;
    }
}
