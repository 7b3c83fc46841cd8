package io.heliograph.gateway.ratelimit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A {@link RateLimitBatcher} for each event loop. */
@Singleton
final class RateLimitBatchers {

    /** The start waits for Redis so long at most, lest the first requests be decided alone: mostly milliseconds. */
    private static final long START_TIMEOUT_MILLIS = 1_000;

    private static final Logger LOG = Logger.getLogger(RateLimitBatchers.class);

    private final VertxInternal vertx;
    private final Map<EventExecutor, RateLimitBatcher> batchers = new IdentityHashMap<>();
    private final CountDownLatch probed;

    RateLimitBatchers(
            Vertx vertx,
            RateLimitStore.Factory stores,
            LocalRateLimiter local,
            RateLimitMetrics metrics,
            RateLimiterConfig config) {
        this.vertx = (VertxInternal) vertx;
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            Context context = this.vertx.createEventLoopContext(
                    (EventLoop) loop, null, getClass().getClassLoader());
            batchers.put(loop, new RateLimitBatcher(context, stores.create(context), local, metrics, config));
        }
        this.probed = new CountDownLatch(batchers.size());
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        batchers.values().forEach(batcher -> batcher.start(probed::countDown));
        if (!probed.await(START_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warn("Redis does not respond; limits are decided locally until it does");
        }
    }

    /** That of the event loop this is called on. */
    RateLimitBatcher current() {
        return batchers.get(vertx.getOrCreateContext().nettyEventLoop());
    }
}
