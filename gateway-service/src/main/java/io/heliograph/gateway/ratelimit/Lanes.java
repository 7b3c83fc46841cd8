package io.heliograph.gateway.ratelimit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A {@link Lane} for each event loop, so that none waits for another. */
@Singleton
final class Lanes {

    /** The start waits for Redis so long at most, lest the first requests be decided alone: mostly milliseconds. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final VertxInternal vertx;
    private final Map<EventExecutor, Lane> lanes = new IdentityHashMap<>();
    private final CountDownLatch probed;

    Lanes(Vertx vertx, Redis redis, LocalLimiter local, LimitMetrics metrics, LimiterConfig config) {
        this.vertx = (VertxInternal) vertx;
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            Context context = this.vertx.createEventLoopContext(
                    (EventLoop) loop, null, getClass().getClassLoader());
            lanes.put(loop, new Lane(context, new LimitStore(context, redis), local, metrics, config));
        }
        this.probed = new CountDownLatch(lanes.size());
    }

    void start(@Observes StartupEvent event) throws InterruptedException {
        lanes.values().forEach(lane -> lane.start(probed::countDown));
        if (!probed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warn("Redis does not answer; this gateway decides limits alone until it does");
        }
    }

    /** That of the event loop this is called on. */
    Lane here() {
        return lanes.get(vertx.getOrCreateContext().nettyEventLoop());
    }
}
