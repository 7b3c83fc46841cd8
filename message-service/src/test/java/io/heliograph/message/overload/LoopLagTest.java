package io.heliograph.message.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopLagTest {

    private static final long PROBE_MILLIS = 5;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EventExecutor loop = channel.eventLoop();
    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final LoopLag lag = new LoopLag(loop, now::get);

    @Test
    void shouldReportTheMinimumOfAnInterval() {
        channel.freezeTime();
        lag.start(wanted::get);
        probe(40);
        probe(3);
        probe(12);

        assertThat(lag.takeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
        probe(20);
        probe(30);
        assertThat(lag.takeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void shouldReportTheLagOfABlockedLoop() {
        channel.freezeTime();
        lag.start(wanted::get);
        probe(0);
        assertThat(lag.takeNanos()).isZero();

        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));

        assertThat(lag.takeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100 - PROBE_MILLIS));
    }

    @Test
    void shouldStopProbingWhenUnusedAndStartAgain() {
        channel.freezeTime();
        lag.start(wanted::get);
        wanted.set(false);
        probe(1);
        assertThat(channel.hasPendingTasks()).isFalse();

        wanted.set(true);
        lag.start(wanted::get);
        lag.start(wanted::get);
        probe(7);

        assertThat(lag.takeNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7));
    }

    /** Runs the probe of the loop with this delay. */
    private void probe(long lateMillis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS + lateMillis));
        channel.advanceTimeBy(PROBE_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
