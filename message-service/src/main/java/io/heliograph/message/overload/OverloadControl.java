package io.heliograph.message.overload;

import io.heliograph.message.limit.TokenBucket;
import io.heliograph.message.overload.Arrival.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Adapts the rate of admission to the resources of this process: the rate grows while event loops, the pool of
 * connections to PostgreSQL and memory are within their bounds, else it falls (docs/adr/0067). It measures only while
 * many clients arrive. Thread-safe.
 */
@Singleton
public final class OverloadControl {

    private static final Logger LOG = Logger.getLogger(OverloadControl.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** How often the rate is adjusted; several times the time after which an admission affects the lag. */
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** After this time with few arrivals, measuring stops. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** The part of the minimum rate, one in this many, that may arrive at once without a measurement. */
    private static final int UNMEASURED_PART = 10;

    private final EventLoopGroup loops;
    private final LongSupplier nanoTime;
    private final AdaptiveRate rate;
    private final TrafficShaper shaper;
    private final List<Congestion> congestions;
    private final OverloadMetrics metrics;
    private final TokenBucket unmeasured;
    private final AtomicBoolean active = new AtomicBoolean();
    private volatile long lastBusy;
    private long adjustedAt;

    @Inject
    OverloadControl(@MainEventLoopGroup EventLoopGroup loops, OverloadConfig config, MeterRegistry registry) {
        this.loops = loops;
        this.nanoTime = System::nanoTime;
        this.rate = new AdaptiveRate(config);
        this.shaper = new TrafficShaper(config, rate.perSecond(), nanoTime, bound -> ThreadLocalRandom.current()
                .nextInt(bound));
        this.unmeasured =
                new TokenBucket(config::minRate, () -> Math.max(1, config.minRate() / UNMEASURED_PART), nanoTime);
        LagCongestion lag = new LagCongestion(loops, config, active::get);
        this.congestions = List.of(lag, new PoolCongestion(registry, config), new MemoryCongestion(config));
        this.metrics = new OverloadMetrics(registry, congestions);
        metrics.gauges(shaper, lag);
    }

    /** Admits or rejects the arrival, now or later. */
    public void arrive(Arrival arrival) {
        boolean waits = shaper.arrive(arrival);
        if (!unmeasured.admits() || waits) {
            lastBusy = nanoTime.getAsLong();
            activate();
        }
    }

    /** Whether clients wait for admission, or were rejected and have not returned yet. */
    public boolean isDelaying() {
        return shaper.isDelaying();
    }

    /** Rejects the openings that wait: this replica drains. */
    public void rejectOpenings() {
        shaper.rejectOpenings();
    }

    private void activate() {
        if (!active.get() && active.compareAndSet(false, true)) {
            loops.next().execute(this::begin);
        }
    }

    private void begin() {
        rate.restart();
        shaper.rate(rate.perSecond());
        adjustedAt = nanoTime.getAsLong();
        congestions.forEach(Congestion::begin);
        schedule();
    }

    private void schedule() {
        if (!loops.isShuttingDown()) {
            loops.next().schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** A defect of one arrival must not end the admission of all others. */
    private void tick() {
        try {
            admit();
        } catch (RuntimeException defect) {
            LOG.error("An arrival could not be admitted", defect);
        }
        continueUnlessQuiet();
    }

    private void admit() {
        shaper.release();
        long now = nanoTime.getAsLong();
        if (now - adjustedAt >= INTERVAL_NANOS) {
            adjustedAt = now;
            rate.adjust(isCongested(), shaper.takeUsedUp());
            shaper.rate(rate.perSecond());
        }
    }

    private void continueUnlessQuiet() {
        if (!isQuiet()) {
            schedule();
            return;
        }
        active.set(false);
        // A client may have arrived since the check, and found it active.
        if (!isQuiet()) {
            activate();
        }
    }

    private boolean isQuiet() {
        return nanoTime.getAsLong() - lastBusy > QUIET_NANOS
                && shaper.waiting(Kind.JOIN) + shaper.waiting(Kind.OPENING) == 0;
    }

    /** Checks all resources, because each check is counted and begins a new measurement. */
    private boolean isCongested() {
        boolean any = false;
        for (Congestion congestion : congestions) {
            if (congestion.isCongested()) {
                metrics.congested(congestion);
                any = true;
            }
        }
        return any;
    }
}
