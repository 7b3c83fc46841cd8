package io.heliograph.http;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How late one event loop runs a task that is due, which is the delay of every connection of that loop. A loop that is
 * blocked at the moment is seen too: its lag is the time by which the probe is overdue.
 */
final class EventLoopLag implements Runnable {

    /** Often enough to meet a block of a tenth of a second nearly always, and a few microseconds of work a second. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The maximum of the last half minute, which is longer than a scrape interval. */
    private static final long STEP_MILLIS = 10_000;

    private static final int STEPS = 3;

    private final EventExecutor loop;
    private final TimeWindowMax worst = new TimeWindowMax(Clock.SYSTEM, STEP_MILLIS, STEPS);
    private volatile long dueNanos;

    EventLoopLag(EventExecutor loop) {
        this.loop = loop;
    }

    void watch() {
        dueNanos = System.nanoTime() + INTERVAL_NANOS;
        loop.schedule(this, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        worst.record(System.nanoTime() - dueNanos, TimeUnit.NANOSECONDS);
        if (!loop.isShuttingDown()) {
            watch();
        }
    }

    double seconds() {
        double overdue = (System.nanoTime() - dueNanos) / 1e9;
        return Math.max(overdue, worst.poll(TimeUnit.SECONDS));
    }
}
