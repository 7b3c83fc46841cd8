package io.heliograph.gateway.proxy;

import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.upstream.ResilienceConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;

/** What all calls have in common. */
@Singleton
final class Calls {

    private final VertxInternal vertx;
    private final Map<EventExecutor, InactivityTimeouts> timeouts = new IdentityHashMap<>();
    private final UpstreamMetrics metrics;
    private final RetryPolicy retryPolicy;
    private final RequestConfig requests;

    Calls(Vertx vertx, UpstreamMetrics metrics, RequestConfig requests, ResilienceConfig resilience) {
        this.vertx = (VertxInternal) vertx;
        MinDataRate minRate = MinDataRate.of(
                requests.minRate().asLongValue(), requests.minRateInterval().toNanos());
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            timeouts.put(
                    loop,
                    new InactivityTimeouts(
                            this.vertx.createEventLoopContext(
                                    (EventLoop) loop, null, getClass().getClassLoader()),
                            minRate));
        }
        this.metrics = metrics;
        this.retryPolicy = new RetryPolicy(resilience);
        this.requests = requests;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Those of the event loop this is called on. */
    InactivityTimeouts timeouts() {
        return timeouts.get(vertx.getOrCreateContext().nettyEventLoop());
    }

    UpstreamMetrics metrics() {
        return metrics;
    }

    RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /** How long a client may pause while it sends a body. */
    long bodyTimeoutNanos() {
        return requests.bodyTimeout().toNanos();
    }
}
