package io.heliograph.message.overload;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The standing lag of one event loop: the minimum delay of its probes in an interval. The minimum and not the mean, as
 * CoDel uses for queues of packets (RFC 8289): a garbage collection or a burst delays some probes, an overloaded loop
 * delays all of them.
 */
final class LoopLag {

    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventExecutor loop;
    private final LongSupplier nanoTime;
    private long dueNanos;
    private long least = Long.MAX_VALUE;
    private boolean probing;

    LoopLag(EventExecutor loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    /** Probes as long as {@code wanted} is true. Has no effect while it probes. */
    synchronized void start(BooleanSupplier wanted) {
        if (!probing) {
            probing = true;
            least = Long.MAX_VALUE;
            schedule(wanted);
        }
    }

    /** The standing lag since the last call; if no probe ran since then, by how much the next one is overdue. */
    synchronized long takeNanos() {
        long lag = least < Long.MAX_VALUE ? least : Math.max(0, nanoTime.getAsLong() - dueNanos);
        least = Long.MAX_VALUE;
        return lag;
    }

    private void schedule(BooleanSupplier wanted) {
        dueNanos = nanoTime.getAsLong() + PROBE_NANOS;
        loop.schedule(() -> probe(wanted), PROBE_NANOS, TimeUnit.NANOSECONDS);
    }

    private synchronized void probe(BooleanSupplier wanted) {
        least = Math.min(least, Math.max(0, nanoTime.getAsLong() - dueNanos));
        if (wanted.getAsBoolean() && !loop.isShuttingDown()) {
            schedule(wanted);
        } else {
            probing = false;
        }
    }
}
