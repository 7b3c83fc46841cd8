package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The meters of limits. */
@Singleton
final class LimitMetrics {

    private static final Logger LOG = Logger.getLogger(LimitMetrics.class);

    private final MeterRegistry registry;
    private final Map<String, Decisions> decisions = new ConcurrentHashMap<>();
    private final AtomicInteger alone = new AtomicInteger();
    private final Timer redis;
    private final DistributionSummary batches;
    private final Counter misses;

    private volatile boolean told;

    /** The counters of one policy. */
    private record Decisions(Counter admitted, Counter refused, Counter wouldRefuse) {}

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.redis = Timer.builder("heliograph.gateway.limits.redis")
                .description("From asking Redis to its answer")
                .register(registry);
        this.batches = DistributionSummary.builder("heliograph.gateway.limits.batch")
                .description("Requests that one command of Redis decided")
                .register(registry);
        this.misses = Counter.builder("heliograph.gateway.limits.misses")
                .description("Commands of Redis that failed or came too late, so that this gateway decided alone")
                .register(registry);
        Gauge.builder("heliograph.gateway.limits.alone", alone, AtomicInteger::get)
                .description("Event loops that do not ask Redis at present, as it does not answer")
                .register(registry);
    }

    void decided(Demand demand) {
        boolean refused = demand.refusal() >= 0;
        for (int i = 0; i < demand.charges().size(); i++) {
            Charge charge = demand.charges().get(i);
            Decisions counters = decisions.computeIfAbsent(charge.policy().name(), this::counters);
            if (!demand.isOver(i)) {
                if (!refused) {
                    counters.admitted.increment();
                }
            } else if (charge.policy().shadow()) {
                counters.wouldRefuse.increment();
            } else {
                counters.refused.increment();
            }
        }
    }

    void answered(int requests, long nanos) {
        redis.record(nanos, TimeUnit.NANOSECONDS);
        batches.record(requests);
    }

    void missed() {
        misses.increment();
    }

    /**
     * An event loop decides alone from now on.
     *
     * @param reason null at the start, which is no news
     */
    void lost(String reason) {
        alone.incrementAndGet();
        if (reason != null && !told) {
            told = true;
            LOG.warnf("Redis does not decide limits (%s); this gateway does so alone", reason);
        }
    }

    void found() {
        if (alone.decrementAndGet() == 0 && told) {
            told = false;
            LOG.info("Redis decides limits again");
        }
    }

    private Decisions counters(String policy) {
        return new Decisions(counter(policy, "admitted"), counter(policy, "refused"), counter(policy, "would_refuse"));
    }

    private Counter counter(String policy, String decision) {
        return Counter.builder("heliograph.gateway.limits")
                .description("Requests by what a policy said to them")
                .tag("policy", policy)
                .tag("decision", decision)
                .register(registry);
    }
}
