package io.heliograph.redis;

import java.util.concurrent.TimeUnit;

/**
 * Opens for a second after three consecutive failures, and after each further one; a success closes it. While it is
 * open no commands are sent, so that no caller waits for a Redis that is unavailable. Counted on one context, read from
 * any thread.
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
