package io.heliograph.message.message.send;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Whether clients send to this replica at the moment, in whichever commit queue: all of them share PostgreSQL. Thread-safe. */
final class LiveTraffic {

    /**
     * How long after a live send the next one is expected, so that an occasional send does not wait for a large commit
     * either.
     */
    private static final long EXPECTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile long expectedUntil;

    LiveTraffic(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.expectedUntil = nanoTime.getAsLong();
    }

    void arrived() {
        expectedUntil = nanoTime.getAsLong() + EXPECTED_NANOS;
    }

    boolean isExpected() {
        return nanoTime.getAsLong() - expectedUntil < 0;
    }

    /** As {@link System#nanoTime}. */
    long now() {
        return nanoTime.getAsLong();
    }
}
