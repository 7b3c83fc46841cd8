package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitKeys;
import io.heliograph.gateway.ratelimit.RateLimitStore.CheckBatch;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.Route.RateLimitPolicy.KeyType;
import io.heliograph.ratelimit.Rate;
import io.vertx.core.Context;
import java.util.List;
import java.util.Set;

/**
 * The circuit breaker of one event loop for Redis. It is open at the start and after consecutive failures, until a
 * probe succeeds. Used on that event loop only.
 */
final class StoreCircuitBreaker {

    private final Context context;
    private final RateLimitStore store;
    private final RateLimitMetrics metrics;
    private final RateLimiterConfig config;

    private boolean open = true;
    private boolean hasClosed;
    private int failures;

    StoreCircuitBreaker(Context context, RateLimitStore store, RateLimitMetrics metrics, RateLimiterConfig config) {
        this.context = context;
        this.store = store;
        this.metrics = metrics;
        this.config = config;
        metrics.degraded(null);
    }

    boolean isOpen() {
        return open;
    }

    /** Probes Redis for the first time. {@code done} is called once the probe has succeeded or failed. */
    void start(Runnable done) {
        context.runOnContext(ignored -> probe(done));
    }

    void onResponse() {
        failures = 0;
    }

    void onFailure(String reason) {
        failures++;
        metrics.redisFailed();
        // A single late response may be chance; a missing connection is not.
        if (failures >= config.consecutiveFailures() || !store.isConnected()) {
            open = true;
            metrics.degraded(reason);
            probeLater();
        }
    }

    private void probe(Runnable done) {
        long start = System.nanoTime();
        store.decide(StoreProbe.batch()).onComplete(answer -> {
            if (answer.succeeded()) {
                onProbeResponse(System.nanoTime() - start);
            }
            if (open) {
                probeLater();
            }
            done.run();
        });
    }

    private void onProbeResponse(long nanos) {
        // The first response may take long, while connections are opened and code is loaded.
        if (nanos < config.timeout().toNanos() || !hasClosed) {
            open = false;
            hasClosed = true;
            failures = 0;
            metrics.recovered();
        }
    }

    private void probeLater() {
        context.owner().setTimer(config.probeInterval().toMillis(), ignored -> probe(() -> {}));
    }

    /**
     * Probes Redis with the script itself: a Redis that responds to a ping may still be loading, full, or a replica.
     */
    static final class StoreProbe {

        private static final RateLimitPolicy POLICY =
                new RateLimitPolicy("probe", new Rate(1, 1), KeyType.ROUTE, Set.of(), true);
        private static final RateLimitCharge CHARGE = new RateLimitCharge(POLICY, RateLimitKeys.PREFIX + "probe");

        private StoreProbe() {}

        static CheckBatch batch() {
            CheckBatch batch = new CheckBatch();
            batch.tryAdd(new RateLimitCheck(List.of(CHARGE), check -> {}));
            return batch;
        }
    }
}
