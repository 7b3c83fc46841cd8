package io.heliograph.gateway.forward;

import io.heliograph.gateway.route.RequestConfig;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** What all calls have in common: their clock, and how long and how often they may try. */
@Singleton
final class Calls {

    private static final int MAX_ATTEMPTS = 2;

    private final Vertx vertx;
    private final long bodyNanos;

    Calls(Vertx vertx, RequestConfig config) {
        this.vertx = vertx;
        this.bodyNanos = config.bodyTimeout().toNanos();
    }

    Vertx vertx() {
        return vertx;
    }

    int maxAttempts() {
        return MAX_ATTEMPTS;
    }

    /** How long a client may pause while it sends a body. */
    long bodyNanos() {
        return bodyNanos;
    }
}
