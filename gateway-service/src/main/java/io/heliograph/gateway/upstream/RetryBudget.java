package io.heliograph.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The retry budget of an upstream (after Finagle): each request deposits a fraction of a retry, so that retries are at
 * most that fraction of the load. A minimum is deposited over time, so that a single request can be retried too.
 */
public final class RetryBudget {

    /** As many as may be in flight at a replica that goes away, of a service with traffic enough to have earned them. */
    private static final long MOST = 100;

    /** What there is at the start, when nothing has been earned. */
    private static final long FIRST = 10;

    private static final long ONE = 1_000;

    private final long share;
    private final long minPerSecond;
    private final AtomicLong balance = new AtomicLong(FIRST * ONE);
    private long givenNanos;

    /**
     * @param ratio repeats per request
     * @param floor repeats per second that need not be earned
     */
    RetryBudget(double ratio, int floor, long nowNanos) {
        this.share = Math.round(ratio * ONE);
        this.minPerSecond = floor * ONE;
        this.givenNanos = nowNanos;
    }

    /** A request has been made that is no repeat. */
    public void deposit() {
        if (balance.get() < MOST * ONE) {
            balance.addAndGet(share);
        }
    }

    /** Whether there is one, which is then spent. */
    public boolean tryWithdraw(long nowNanos) {
        depositMinimum(nowNanos);
        if (balance.addAndGet(-ONE) >= 0) {
            return true;
        }
        balance.addAndGet(ONE);
        return false;
    }

    /** Repeats are rare, so that a lock costs nothing here. */
    private synchronized void depositMinimum(long nowNanos) {
        long due = TimeUnit.NANOSECONDS.toMillis(nowNanos - givenNanos) * minPerSecond / 1_000;
        if (due > 0) {
            givenNanos = nowNanos;
            balance.addAndGet(Math.max(0, Math.min(due, FIRST * ONE - balance.get())));
        }
    }
}
