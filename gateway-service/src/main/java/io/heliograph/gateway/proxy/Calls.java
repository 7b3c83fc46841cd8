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
    private final Map<EventExecutor, Watches> watches = new IdentityHashMap<>();
    private final CallMetrics metrics;
    private final Repeats repeats;
    private final RequestConfig requests;

    Calls(Vertx vertx, CallMetrics metrics, RequestConfig requests, ResilienceConfig resilience) {
        this.vertx = (VertxInternal) vertx;
        Pace pace = Pace.of(
                requests.minRate().asLongValue(), requests.minRateInterval().toNanos());
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            watches.put(
                    loop,
                    new Watches(
                            this.vertx.createEventLoopContext(
                                    (EventLoop) loop, null, getClass().getClassLoader()),
                            pace));
        }
        this.metrics = metrics;
        this.repeats = new Repeats(resilience);
        this.requests = requests;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Those of the event loop this is called on. */
    Watches watches() {
        return watches.get(vertx.getOrCreateContext().nettyEventLoop());
    }

    CallMetrics metrics() {
        return metrics;
    }

    Repeats repeats() {
        return repeats;
    }

    /** How long a client may pause while it sends a body. */
    long bodyNanos() {
        return requests.bodyTimeout().toNanos();
    }
}
