package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitKeys;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.Route.RateLimitPolicy.KeyType;
import io.heliograph.ratelimit.Rate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** One gateway's limiter on one event loop, against a real Redis. */
final class LimiterFixture implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RateLimiterConfig config;
    final RateLimitBatcher batcher;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();

    LimiterFixture(String redisUrl, Map<String, String> settings) {
        config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 1, new DurationConverter())
                .withMapping(RateLimiterConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RateLimiterConfig.class);
        Redis redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(redisUrl));
        batcher = new RateLimitBatcher(
                context,
                new RateLimitStore(context, redis),
                new LocalRateLimiter(config, config::replicas),
                new RateLimitMetrics(meters),
                config);
    }

    LimiterFixture start() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        batcher.start(started::countDown);
        started.await();
        return this;
    }

    static RateLimitPolicy policy(String name, int requests, long windowMillis) {
        return policy(name, requests, windowMillis, false);
    }

    static RateLimitPolicy policy(String name, int requests, long windowMillis, boolean shadow) {
        return new RateLimitPolicy(name, new Rate(requests, windowMillis), KeyType.ADDRESS, Set.of(), shadow);
    }

    static RateLimitCharge charge(RateLimitPolicy policy, String subject) {
        return new RateLimitCharge(policy, RateLimitKeys.PREFIX + policy.name() + ':' + subject);
    }

    CompletableFuture<RateLimitCheck> decide(RateLimitCharge... charges) {
        CompletableFuture<RateLimitCheck> decided = new CompletableFuture<>();
        context.runOnContext(ignored -> batcher.decide(new RateLimitCheck(List.of(charges), decided::complete)));
        return decided;
    }

    /** Until what {@link #decide} was called for is on its way. */
    void awaitTurn() throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        // One turn to take the request, one to send it.
        context.runOnContext(first -> context.runOnContext(second -> turned.countDown()));
        turned.await();
    }

    boolean admits(RateLimitCharge... charges) {
        return decide(charges).join().rejectingCharge() < 0;
    }

    double alone() {
        return meters.get("heliograph.gateway.limits.local").gauge().value();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
