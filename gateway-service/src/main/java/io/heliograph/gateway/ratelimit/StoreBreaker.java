package io.heliograph.gateway.ratelimit;

import io.vertx.core.Context;

/**
 * Whether an event loop asks Redis: open, which is not, after some misses in a row, and from the start, until Redis has
 * answered a probe. So nobody waits for a Redis that is away. Used on that event loop only.
 */
final class StoreBreaker {

    private final Context context;
    private final LimitStore store;
    private final LimitMetrics metrics;
    private final LimiterConfig config;

    private boolean open = true;
    private boolean hasClosed;
    private int misses;

    StoreBreaker(Context context, LimitStore store, LimitMetrics metrics, LimiterConfig config) {
        this.context = context;
        this.store = store;
        this.metrics = metrics;
        this.config = config;
        metrics.lost(null);
    }

    boolean isOpen() {
        return open;
    }

    /** Asks Redis for the first time. {@code done} is run once that has gone well or failed. */
    void start(Runnable done) {
        context.runOnContext(ignored -> probe(done));
    }

    void answered() {
        misses = 0;
    }

    void missed(String reason) {
        misses++;
        metrics.missed();
        // One late answer may be a hiccup; a connection that cannot be had is none.
        if (misses >= config.misses() || !store.isConnected()) {
            open = true;
            metrics.lost(reason);
            probeLater();
        }
    }

    private void probe(Runnable done) {
        long start = System.nanoTime();
        store.decide(Probe.batch()).onComplete(answer -> {
            if (answer.succeeded()) {
                back(System.nanoTime() - start);
            }
            if (open) {
                probeLater();
            }
            done.run();
        });
    }

    private void back(long nanos) {
        // While connections are opened and code is loaded, the first answer may take long.
        if (nanos < config.timeout().toNanos() || !hasClosed) {
            open = false;
            hasClosed = true;
            misses = 0;
            metrics.found();
        }
    }

    private void probeLater() {
        context.owner().setTimer(config.probeInterval().toMillis(), ignored -> probe(() -> {}));
    }
}
