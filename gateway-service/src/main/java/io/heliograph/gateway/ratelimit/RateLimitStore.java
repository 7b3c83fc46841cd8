package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.ratelimit.RateLimitBatch;
import io.heliograph.ratelimit.RateLimitScript;
import io.heliograph.redis.RedisConnectionHolder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@link RateLimitScript} in Redis, over one persistent connection. Used on one event loop only; it has no timeout
 * of its own.
 */
final class RateLimitStore {

    private final RedisConnectionHolder connection;

    /** Creates the store of each event loop. */
    @Singleton
    static final class Factory {

        private final Redis redis;

        Factory(Redis redis) {
            this.redis = redis;
        }

        RateLimitStore create(Context context) {
            return new RateLimitStore(context, redis);
        }
    }

    RateLimitStore(Context context, Redis redis) {
        this.connection = new RedisConnectionHolder(context, redis);
    }

    boolean isConnected() {
        return connection.current() != null;
    }

    /** Runs the script; completes with its reply. */
    Future<Buffer> decide(CheckBatch batch) {
        return connection.current() != null
                ? batch.counts().run(connection.current()::send)
                : connection.get().compose(opened -> batch.counts().run(opened::send));
    }

    /** The checks that one command of Redis decides, in order. */
    static final class CheckBatch {

        private static final int MAX_CHECKS = 250;

        private final List<RateLimitCheck> checks = new ArrayList<>();
        private final RateLimitBatch counts = new RateLimitBatch();

        /** Adds a check; returns false if the batch is full. */
        boolean tryAdd(RateLimitCheck check) {
            List<RateLimitCharge> charges = check.charges();
            if (checks.size() == MAX_CHECKS || !counts.hasRoom(charges.size())) {
                return false;
            }
            checks.add(check);
            counts.begin(charges.size());
            for (RateLimitCharge charge : charges) {
                counts.charge(
                        charge.key(), charge.policy().rate(), charge.policy().shadow());
            }
            return true;
        }

        List<RateLimitCheck> checks() {
            return checks;
        }

        RateLimitBatch counts() {
            return counts;
        }

        /** Sets the results of the checks from the reply of the script. */
        void applyResponse(Buffer answer) {
            int charge = 0;
            for (RateLimitCheck check : checks) {
                for (int i = 0; i < check.charges().size(); i++) {
                    check.setResult(i, RateLimitBatch.left(answer, charge), RateLimitBatch.waitMillis(answer, charge));
                    charge++;
                }
            }
        }
    }
}
