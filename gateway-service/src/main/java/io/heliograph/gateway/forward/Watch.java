package io.heliograph.gateway.forward;

import java.util.function.LongSupplier;

/**
 * Sees that an exchange keeps moving, and ends; by as much late as its {@link Watches} have time between two rounds. A
 * chunk that passes costs a look at the clock and nothing else.
 */
final class Watch {

    private final Watches watches;
    private final LongSupplier patienceNanos;
    private final Runnable expired;
    private long movedNanos = System.nanoTime();
    private long endNanos;
    private boolean stopped;

    /** @param patienceNanos how long nothing may move, as things stand when it is asked */
    Watch(Watches watches, LongSupplier patienceNanos, long totalNanos, Runnable expired) {
        this.watches = watches;
        this.patienceNanos = patienceNanos;
        this.endNanos = movedNanos + totalNanos;
        this.expired = expired;
    }

    void start() {
        watches.add(this);
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
        watches.remove(this);
    }

    boolean isDue(long nowNanos) {
        return endNanos - nowNanos <= 0 || movedNanos + patienceNanos.getAsLong() - nowNanos <= 0;
    }

    /** After which it may go on all the same, with another attempt. */
    void expire() {
        if (!stopped) {
            expired.run();
        }
    }
}
