package io.heliograph.gateway.proxy;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Sees that an exchange keeps moving: nothing may move for too long, the client may not be slower than the floor while
 * it is its turn, and once all of its time has passed, the exchange goes on only while it is faster than the floor. By
 * as much late as its {@link Watches} have time between two rounds. A chunk that passes costs a look at the clock and
 * nothing else.
 */
final class Watch {

    private final Watches watches;
    private final LongSupplier patienceNanos;
    private final BooleanSupplier awaitsClient;
    private final Runnable expired;
    private long movedNanos = System.nanoTime();
    private long endNanos;
    private boolean stopped;

    /** Of bodies, both ways. */
    private long bytes;

    /** When the interval began by which the exchange is judged, and how many bytes there were then. */
    private long pacedNanos = movedNanos;

    private long pacedBytes;

    /** Whether the last whole interval was faster than the floor. */
    private boolean fast;

    private boolean judged;

    /** The same for the turn of the client. */
    private long turnNanos = movedNanos;

    private long turnBytes;

    /**
     * @param patienceNanos how long nothing may move, as things stand when it is asked
     * @param awaitsClient whether it is the client's turn then
     */
    Watch(
            Watches watches,
            LongSupplier patienceNanos,
            BooleanSupplier awaitsClient,
            long totalNanos,
            Runnable expired) {
        this.watches = watches;
        this.patienceNanos = patienceNanos;
        this.awaitsClient = awaitsClient;
        this.endNanos = movedNanos + totalNanos;
        this.expired = expired;
    }

    void start() {
        watches.add(this);
    }

    void moved() {
        movedNanos = System.nanoTime();
    }

    /** So much of a body has passed. */
    void moved(int count) {
        movedNanos = System.nanoTime();
        bytes += count;
    }

    /** This exchange may go on for as long as it moves. */
    void lift() {
        endNanos = System.nanoTime() + Long.MAX_VALUE / 2;
    }

    /** When something moved last. */
    long movedNanos() {
        return movedNanos;
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
        boolean still = movedNanos + patienceNanos.getAsLong() - nowNanos <= 0;
        return still || isClientTooSlow(nowNanos) || isLate(nowNanos);
    }

    /** Only a turn that has lasted a whole interval is judged. */
    private boolean isClientTooSlow(long nowNanos) {
        Pace pace = watches.pace();
        if (!awaitsClient.getAsBoolean()) {
            turnNanos = nowNanos;
            turnBytes = bytes;
            return false;
        }
        if (nowNanos - turnNanos < pace.intervalNanos()) {
            return false;
        }
        boolean slow = bytes - turnBytes < pace.floor();
        turnNanos = nowNanos;
        turnBytes = bytes;
        return slow;
    }

    /** By the bytes of the last whole interval, so that a fast beginning pays for no slow end; of the first so far. */
    private boolean isLate(long nowNanos) {
        Pace pace = watches.pace();
        long paced = nowNanos - pacedNanos;
        if (paced >= pace.intervalNanos()) {
            fast = bytes - pacedBytes >= pace.floor();
            judged = true;
            pacedNanos = nowNanos;
            pacedBytes = bytes;
        }
        return endNanos - nowNanos <= 0 && !(judged ? fast : bytes >= pace.floorOf(paced));
    }

    /** After which it may go on all the same, with another attempt. */
    void expire() {
        if (!stopped) {
            expired.run();
        }
    }
}
