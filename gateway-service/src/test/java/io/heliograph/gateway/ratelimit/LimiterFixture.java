package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.routing.LimitPolicy;
import io.heliograph.gateway.routing.LimitPolicy.By;
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
    final LimiterConfig config;
    final Lane lane;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();

    LimiterFixture(String redisUrl, Map<String, String> settings) {
        config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 1, new DurationConverter())
                .withMapping(LimiterConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(LimiterConfig.class);
        Redis redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(redisUrl));
        lane = new Lane(
                context,
                new LimitStore(context, redis),
                new LocalLimiter(config, config::replicas),
                new LimitMetrics(meters),
                config);
    }

    LimiterFixture start() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        lane.start(started::countDown);
        started.await();
        return this;
    }

    static LimitPolicy policy(String name, int requests, long windowMillis) {
        return policy(name, requests, windowMillis, false);
    }

    static LimitPolicy policy(String name, int requests, long windowMillis, boolean shadow) {
        return new LimitPolicy(name, new Rate(requests, windowMillis), By.ADDRESS, Set.of(), shadow);
    }

    static Charge charge(LimitPolicy policy, String subject) {
        return new Charge(policy, Counted.PREFIX + policy.name() + ':' + subject);
    }

    CompletableFuture<Demand> decide(Charge... charges) {
        CompletableFuture<Demand> decided = new CompletableFuture<>();
        context.runOnContext(ignored -> lane.decide(new Demand(List.of(charges), decided::complete)));
        return decided;
    }

    /** Until what {@link #decide} was called for is on its way. */
    void awaitTurn() throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        // One turn to take the request, one to send it.
        context.runOnContext(first -> context.runOnContext(second -> turned.countDown()));
        turned.await();
    }

    boolean admits(Charge... charges) {
        return decide(charges).join().refusal() < 0;
    }

    double alone() {
        return meters.get("heliograph.gateway.limits.alone").gauge().value();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
