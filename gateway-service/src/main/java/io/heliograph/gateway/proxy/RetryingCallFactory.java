package io.heliograph.gateway.proxy;

import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts;
import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts.MinDataRate;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.upstream.ResilienceConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;

/** Creates a {@link RetryingCall} on the event loop of its exchange. */
@Singleton
final class RetryingCallFactory {

    private final VertxInternal vertx;
    private final Map<EventExecutor, InactivityTimeouts> timeouts = new IdentityHashMap<>();
    private final UpstreamMetrics metrics;
    private final RetryPolicy retryPolicy;

    RetryingCallFactory(Vertx vertx, UpstreamMetrics metrics, RequestConfig requests, ResilienceConfig resilience) {
        this.vertx = (VertxInternal) vertx;
        this.metrics = metrics;
        this.retryPolicy = new RetryPolicy(resilience);
        long bodyTimeoutNanos = requests.bodyTimeout().toNanos();
        MinDataRate minRate = MinDataRate.of(
                requests.minRate().asLongValue(), requests.minRateInterval().toNanos());
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            timeouts.put(
                    loop,
                    new InactivityTimeouts(
                            this.vertx.createEventLoopContext(
                                    (EventLoop) loop, null, getClass().getClassLoader()),
                            minRate,
                            bodyTimeoutNanos));
        }
    }

    RetryingCall create(UpstreamRequestHandler handler) {
        return new RetryingCall(
                vertx, timeouts.get(vertx.getOrCreateContext().nettyEventLoop()), metrics, retryPolicy, handler);
    }
}
