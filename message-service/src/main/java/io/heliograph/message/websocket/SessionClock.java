package io.heliograph.message.websocket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one session: pings, the timeout of a client that sends nothing for two intervals, and a deadline. Used
 * only on the event loop of the session.
 */
final class SessionClock {

    enum Due {
        NOTHING,
        PING,
        /** The client has sent nothing for too long. */
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
     * @param phase from 0 to 1, by how many half intervals the first ping comes early, so that sessions that were
     *     opened together are not pinged together
     */
    SessionClock(Duration heartbeat, double phase, Duration deadline, long nanoTime) {
        this.intervalNanos = heartbeat.toNanos();
        this.pingNanos = nanoTime + intervalNanos - (long) (phase * intervalNanos / 2);
        deadline(deadline, nanoTime);
    }

    /** Sets the deadline to this time after {@code nanoTime}. */
    void deadline(Duration delay, long nanoTime) {
        deadlineNanos = nanoTime + TimeUnit.MILLISECONDS.toNanos(Math.min(delay.toMillis(), MAX_MILLIS));
    }

    void lifeSeen() {
        silentIntervals = 0;
    }

    /** Returns what is due; before the deadline, at most one event per interval. */
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
