package io.heliograph.redis;

import java.util.concurrent.TimeUnit;

/**
 * Opens for a second after three failures in a row, and after each further one; a success closes it. While it is open
 * Redis is not asked, so that nobody waits for one that is away. Counted on one context, read from any thread.
 */
final class RedisCircuitBreaker {

    private static final int CONSECUTIVE_FAILURES = 3;
    private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private int failures;
    private volatile long openUntilNanos = System.nanoTime();

    boolean isOpen() {
        return openUntilNanos - System.nanoTime() > 0;
    }

    /** Whether it was a success after an outage. */
    boolean succeeded() {
        boolean wasAway = failures >= CONSECUTIVE_FAILURES;
        failures = 0;
        return wasAway;
    }

    /** Whether it is the failure that opened it first. */
    boolean failed() {
        failures++;
        if (failures >= CONSECUTIVE_FAILURES) {
            openUntilNanos = System.nanoTime() + OPEN_NANOS;
        }
        return failures == CONSECUTIVE_FAILURES;
    }
}
