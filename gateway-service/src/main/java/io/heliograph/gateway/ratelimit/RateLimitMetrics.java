package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
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

/** The metrics of rate limits. */
@Singleton
final class RateLimitMetrics {

    private static final Logger LOG = Logger.getLogger(RateLimitMetrics.class);

    private final MeterRegistry registry;
    private final Map<String, PolicyCounters> decisions = new ConcurrentHashMap<>();
    private final AtomicInteger local = new AtomicInteger();
    private final Timer redis;
    private final DistributionSummary batches;
    private final Counter failures;

    private volatile boolean logged;

    /** The counters of one policy. */
    private record PolicyCounters(Counter admitted, Counter rejected, Counter shadowRejected) {}

    RateLimitMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.redis = Timer.builder("heliograph.gateway.limits.redis")
                .description("Time of a command of Redis")
                .register(registry);
        this.batches = DistributionSummary.builder("heliograph.gateway.limits.batch")
                .description("Requests that were decided by one command of Redis")
                .register(registry);
        this.failures = Counter.builder("heliograph.gateway.limits.redis.failures")
                .description("Commands of Redis that failed or timed out, so that this gateway decided locally")
                .register(registry);
        Gauge.builder("heliograph.gateway.limits.local", local, AtomicInteger::get)
                .description("Event loops that decide locally at present, because Redis does not respond")
                .register(registry);
    }

    void decided(RateLimitCheck check) {
        boolean refused = check.rejectingCharge() >= 0;
        for (int i = 0; i < check.charges().size(); i++) {
            RateLimitCharge charge = check.charges().get(i);
            PolicyCounters counters = decisions.computeIfAbsent(charge.policy().name(), this::counters);
            if (!check.isExceeded(i)) {
                if (!refused) {
                    counters.admitted.increment();
                }
            } else if (charge.policy().shadow()) {
                counters.shadowRejected.increment();
            } else {
                counters.rejected.increment();
            }
        }
    }

    void redisResponded(int requests, long nanos) {
        redis.record(nanos, TimeUnit.NANOSECONDS);
        batches.record(requests);
    }

    void redisFailed() {
        failures.increment();
    }

    /**
     * An event loop decides locally from now on.
     *
     * @param reason null at the start, which is not logged
     */
    void degraded(String reason) {
        local.incrementAndGet();
        if (reason != null && !logged) {
            logged = true;
            LOG.warnf("Redis does not decide limits (%s); they are decided locally", reason);
        }
    }

    void recovered() {
        if (local.decrementAndGet() == 0 && logged) {
            logged = false;
            LOG.info("Redis decides limits again");
        }
    }

    private PolicyCounters counters(String policy) {
        return new PolicyCounters(
                counter(policy, "admitted"), counter(policy, "rejected"), counter(policy, "shadow_rejected"));
    }

    private Counter counter(String policy, String decision) {
        return Counter.builder("heliograph.gateway.limits")
                .description("Requests by the decision of a policy")
                .tag("policy", policy)
                .tag("decision", decision)
                .register(registry);
    }
}
