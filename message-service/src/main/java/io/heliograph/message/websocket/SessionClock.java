package io.heliograph.message.websocket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is due for one session: pings, the end of a client that shows no life for two intervals, and a deadline. Used
 * only on the event loop of the session.
 */
final class SessionClock {

    enum Due {
        NOTHING,
        PING,
        /** The client has shown no life for too long. */
        SILENT,
        /** The deadline has passed. */
        OVERDUE
    }

    private static final int MISSED_INTERVALS = 2;
    /** Some thirty years; a later deadline would not fit. */
    private static final long MAX_MILLIS = 1_000_000_000_000L;

    private final long intervalNanos;
    private long pingNanos;
    private long deadlineNanos;
    private int silentIntervals;

    /**
     * @param phase from 0 to 1, how much earlier the first ping is than an interval, in halves of it: sessions that were opened together are
     *     not pinged together
     */
    SessionClock(Duration heartbeat, double phase, Duration deadline, long nanoTime) {
        this.intervalNanos = heartbeat.toNanos();
        this.pingNanos = nanoTime + intervalNanos - (long) (phase * intervalNanos / 2);
        deadline(deadline, nanoTime);
    }

    /** From now on the deadline is this much later than {@code nanoTime}. */
    void deadline(Duration delay, long nanoTime) {
        deadlineNanos = nanoTime + TimeUnit.MILLISECONDS.toNanos(Math.min(delay.toMillis(), MAX_MILLIS));
    }

    void lifeSeen() {
        silentIntervals = 0;
    }

    /** At most once an interval something else than nothing, until the deadline. */
    Due due(long nanoTime) {
        if (nanoTime - deadlineNanos >= 0) {
            return Due.OVERDUE;
        }
        if (nanoTime - pingNanos < 0) {
            return Due.NOTHING;
        }
        pingNanos = nanoTime + intervalNanos;
        return ++silentIntervals > MISSED_INTERVALS ? Due.SILENT : Due.PING;
    }
}
