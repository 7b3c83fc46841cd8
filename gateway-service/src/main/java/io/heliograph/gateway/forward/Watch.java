package io.heliograph.gateway.forward;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sees that an exchange keeps moving, and ends. It has one timer, which is set again when it finds that something
 * moved: a chunk that passes costs a look at the clock and nothing else.
 */
final class Watch {

    private final Vertx vertx;
    private final LongSupplier patienceNanos;
    private final Runnable expired;
    private long movedNanos = System.nanoTime();
    private long endNanos;
    private long timer;
    private boolean stopped;

    /** @param patienceNanos how long nothing may move, as things stand when it is asked */
    Watch(Vertx vertx, LongSupplier patienceNanos, long totalNanos, Runnable expired) {
        this.vertx = vertx;
        this.patienceNanos = patienceNanos;
        this.endNanos = movedNanos + totalNanos;
        this.expired = expired;
    }

    void start() {
        check();
    }

    void moved() {
        movedNanos = System.nanoTime();
    }

    /** This exchange may go on for as long as it moves. */
    void lift() {
        endNanos = System.nanoTime() + Long.MAX_VALUE / 2;
    }

    /** Whether all the time there was has passed. */
    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void check() {
        long now = System.nanoTime();
        long left = Math.min(movedNanos + patienceNanos.getAsLong() - now, endNanos - now);
        if (left <= 0) {
            // After which it may go on all the same, with another attempt.
            expired.run();
        }
        if (!stopped) {
            timer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(Math.max(0, left)) + 1, fired -> check());
        }
    }
}
