package io.heliograph.message.preview;

import io.heliograph.ratelimit.Rate;
import io.heliograph.ratelimit.RateLimitBatch;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts in Redis, for all replicas together, by the algorithm of the gateway's limits. */
@Singleton
final class RequestCountStore {

    private static final String PREFIX = "heliograph:previews:";

    /** Redis takes less than 1 ms. */
    private static final long TIMEOUT_MILLIS = 200;

    private final Redis redis;

    RequestCountStore(Redis redis) {
        this.redis = redis;
    }

    /** Charges one request to the count. Returns how long to wait if it is exhausted; empty if it is admitted. */
    Future<Optional<Duration>> charge(String key, Rate rate) {
        RateLimitBatch batch = new RateLimitBatch();
        batch.begin(1);
        batch.charge(PREFIX + key, rate, false);
        return batch.run(redis::send)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .map(answer -> RateLimitBatch.left(answer, 0) == RateLimitBatch.OVER
                        ? Optional.of(Duration.ofMillis(RateLimitBatch.waitMillis(answer, 0)))
                        : Optional.empty());
    }
}
