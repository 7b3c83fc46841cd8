package io.heliograph.gateway.forward;

import io.heliograph.gateway.route.RequestConfig;
import io.heliograph.gateway.upstream.ResilienceConfig;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** What all calls have in common. */
@Singleton
final class Calls {

    private final Vertx vertx;
    private final CallMetrics metrics;
    private final Repeats repeats;
    private final long bodyNanos;

    Calls(Vertx vertx, CallMetrics metrics, RequestConfig requests, ResilienceConfig resilience) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.repeats = new Repeats(resilience);
        this.bodyNanos = requests.bodyTimeout().toNanos();
    }

    Vertx vertx() {
        return vertx;
    }

    CallMetrics metrics() {
        return metrics;
    }

    Repeats repeats() {
        return repeats;
    }

    /** How long a client may pause while it sends a body. */
    long bodyNanos() {
        return bodyNanos;
    }
}
