package io.heliograph.gateway.proxy;

import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts.MinDataRate;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The timeouts of one exchange: an inactivity timeout; a minimum data rate while the client has to send or read; and a
 * total timeout, which a faster transfer may exceed. Fires up to one check interval of {@link InactivityTimeouts} late.
 * Progress costs one read of the clock.
 */
final class InactivityTimeout {

    private final InactivityTimeouts timeouts;
    private final LongSupplier limitNanos;
    private final BooleanSupplier awaitsClient;
    private final Runnable expired;
    private long lastProgressNanos = System.nanoTime();
    private long endNanos;
    private boolean stopped;

    /** The transferred bytes of both bodies. */
    private long bytes;

    /** The start of the current measuring interval, and the bytes at that time. */
    private long intervalStartNanos = lastProgressNanos;

    private long intervalStartBytes;

    /** Whether the last complete interval reached the minimum data rate. */
    private boolean fast;

    private boolean measured;

    /** The start of the current wait for the client, and the bytes at that time. */
    private long clientTurnStartNanos = lastProgressNanos;

    private long clientTurnStartBytes;

    /**
     * @param limitNanos the inactivity timeout that currently applies
     * @param awaitsClient whether the exchange currently waits for the client
     */
    InactivityTimeout(
            InactivityTimeouts timeouts,
            LongSupplier limitNanos,
            BooleanSupplier awaitsClient,
            long totalNanos,
            Runnable expired) {
        this.timeouts = timeouts;
        this.limitNanos = limitNanos;
        this.awaitsClient = awaitsClient;
        this.endNanos = lastProgressNanos + totalNanos;
        this.expired = expired;
    }

    void start() {
        timeouts.add(this);
    }

    void progress() {
        lastProgressNanos = System.nanoTime();
    }

    /** This many bytes of a body have been transferred. */
    void progress(int count) {
        lastProgressNanos = System.nanoTime();
        bytes += count;
    }

    /** Disables the total timeout. */
    void exemptFromTotal() {
        endNanos = System.nanoTime() + Long.MAX_VALUE / 2;
    }

    /** The time of the last progress. */
    long lastProgressNanos() {
        return lastProgressNanos;
    }

    /** Whether the total timeout has passed. */
    boolean isTotalExceeded() {
        return endNanos - System.nanoTime() <= 0;
    }

    void stop() {
        stopped = true;
        timeouts.remove(this);
    }

    boolean isDue(long nowNanos) {
        boolean still = lastProgressNanos + limitNanos.getAsLong() - nowNanos <= 0;
        return still || isClientTooSlow(nowNanos) || isLate(nowNanos);
    }

    /** A wait for the client is measured once it has lasted a whole interval. */
    private boolean isClientTooSlow(long nowNanos) {
        MinDataRate minRate = timeouts.minRate();
        if (!awaitsClient.getAsBoolean()) {
            clientTurnStartNanos = nowNanos;
            clientTurnStartBytes = bytes;
            return false;
        }
        if (nowNanos - clientTurnStartNanos < minRate.intervalNanos()) {
            return false;
        }
        boolean slow = bytes - clientTurnStartBytes < minRate.minBytes();
        clientTurnStartNanos = nowNanos;
        clientTurnStartBytes = bytes;
        return slow;
    }

    /**
     * The data rate is that of the last complete interval, so that a fast start does not make up for a slow end; during
     * the first interval it is the rate so far.
     */
    private boolean isLate(long nowNanos) {
        MinDataRate minRate = timeouts.minRate();
        long paced = nowNanos - intervalStartNanos;
        if (paced >= minRate.intervalNanos()) {
            fast = bytes - intervalStartBytes >= minRate.minBytes();
            measured = true;
            intervalStartNanos = nowNanos;
            intervalStartBytes = bytes;
        }
        return endNanos - nowNanos <= 0 && !(measured ? fast : bytes >= minRate.minBytesIn(paced));
    }

    /** Runs the action of an expired timeout. The exchange may go on with another attempt. */
    void fire() {
        if (!stopped) {
            expired.run();
        }
    }

    /**
     * The timeouts of one event loop, checked together at an interval, which is cheaper than a timer for each exchange
     * that hardly ever fires. Used on its own event loop only.
     */
    static final class InactivityTimeouts {

        /** Timeouts are of seconds, and checking thousands of them takes less than a millisecond. */
        private static final long CHECK_INTERVAL_MILLIS = 50;

        private final ContextInternal context;
        private final Set<InactivityTimeout> running = new LinkedHashSet<>();
        private final MinDataRate minRate;
        private final long bodyTimeoutNanos;
        private boolean scheduled;

        InactivityTimeouts(ContextInternal context, MinDataRate minRate, long bodyTimeoutNanos) {
            this.context = context;
            this.minRate = minRate;
            this.bodyTimeoutNanos = bodyTimeoutNanos;
        }

        MinDataRate minRate() {
            return minRate;
        }

        /** How long a client may pause while it sends a body. */
        long bodyTimeoutNanos() {
            return bodyTimeoutNanos;
        }

        void add(InactivityTimeout timeout) {
            running.add(timeout);
            if (!scheduled) {
                scheduled = true;
                context.setTimer(CHECK_INTERVAL_MILLIS, fired -> checkAll());
            }
        }

        void remove(InactivityTimeout timeout) {
            running.remove(timeout);
        }

        private void checkAll() {
            scheduled = !running.isEmpty();
            if (scheduled) {
                context.setTimer(CHECK_INTERVAL_MILLIS, fired -> checkAll());
            }
            long now = System.nanoTime();
            List<InactivityTimeout> due = new ArrayList<>(0);
            for (InactivityTimeout timeout : running) {
                if (timeout.isDue(now)) {
                    due.add(timeout);
                }
            }
            // Each as a task of its own, so that an exception of one does not affect the others.
            due.forEach(timeout -> context.runOnContext(ignored -> timeout.fire()));
        }

        /**
         * The minimum data rate of a transfer.
         *
         * @param minBytes bytes in one interval
         */
        record MinDataRate(long minBytes, long intervalNanos) {

            static MinDataRate of(long bytesPerSecond, long intervalNanos) {
                return new MinDataRate(bytesPerSecond * intervalNanos / TimeUnit.SECONDS.toNanos(1), intervalNanos);
            }

            /** The minimum number of bytes in a part of an interval. */
            long minBytesIn(long nanos) {
                return (long) ((double) minBytes * nanos / intervalNanos);
            }
        }
    }
}
