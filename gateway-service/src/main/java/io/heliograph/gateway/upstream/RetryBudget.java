package io.heliograph.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The retry budget of an upstream (after Finagle): each request deposits a fraction of a retry, so that retries are at
 * most that fraction of the load. A minimum is deposited over time, so that a single request can be retried too.
 */
public final class RetryBudget {

    /** The largest balance: the requests that may be in flight at a replica that shuts down. */
    private static final long MOST = 100;

    /** The initial balance. */
    private static final long FIRST = 10;

    private static final long ONE = 1_000;

    private final long share;
    private final long minPerSecond;
    private final AtomicLong balance = new AtomicLong(FIRST * ONE);
    private long givenNanos;

    /**
     * @param ratio retries per request
     * @param floor retries per second that are deposited over time
     */
    RetryBudget(double ratio, int floor, long nowNanos) {
        this.share = Math.round(ratio * ONE);
        this.minPerSecond = floor * ONE;
        this.givenNanos = nowNanos;
    }

    /** Deposits the fraction of a retry for a request. */
    public void deposit() {
        if (balance.get() < MOST * ONE) {
            balance.addAndGet(share);
        }
    }

    /** Withdraws one retry if the balance permits it. */
    public boolean tryWithdraw(long nowNanos) {
        depositMinimum(nowNanos);
        if (balance.addAndGet(-ONE) >= 0) {
            return true;
        }
        balance.addAndGet(ONE);
        return false;
    }

    /** Synchronized, which is cheap since retries are rare. */
    private synchronized void depositMinimum(long nowNanos) {
        long due = TimeUnit.NANOSECONDS.toMillis(nowNanos - givenNanos) * minPerSecond / 1_000;
        if (due > 0) {
            givenNanos = nowNanos;
            balance.addAndGet(Math.max(0, Math.min(due, FIRST * ONE - balance.get())));
        }
    }
}
