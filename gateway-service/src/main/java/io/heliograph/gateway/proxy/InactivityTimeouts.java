package io.heliograph.gateway.proxy;

import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The timeouts of one event loop, checked together at an interval: a timer for each exchange, which hardly ever fires,
 * would cost more. Used on its own event loop only.
 */
final class InactivityTimeouts {

    /** Timeouts are of seconds; thousands of watches are looked at within a millisecond. */
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
        // Each by itself: what one of them runs into is no matter of the others.
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

        /** Bytes in a part of an interval. */
        long minBytesIn(long nanos) {
            return (long) ((double) minBytes * nanos / intervalNanos);
        }
    }
}
