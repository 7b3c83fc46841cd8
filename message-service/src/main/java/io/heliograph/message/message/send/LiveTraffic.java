package io.heliograph.message.message.send;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Whether clients send to this replica at the moment, in any commit queue, as all share PostgreSQL. Thread-safe. */
final class LiveTraffic {

    /**
     * How long after a live send another one is expected, so that occasional sends do not wait for a large commit
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

    /** The current {@link System#nanoTime}. */
    long now() {
        return nanoTime.getAsLong();
    }
}
