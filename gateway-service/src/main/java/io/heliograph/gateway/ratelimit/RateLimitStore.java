package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.ratelimit.RateLimitBatch;
import io.heliograph.ratelimit.RateLimitScript;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@link RateLimitScript} in Redis, over one connection that is kept. At most one connection is being opened at a
 * time. Used on one event loop only; it has no timeout of its own.
 */
final class RateLimitStore {

    private final Context context;
    private final Redis redis;
    private RedisConnection connection;
    private Future<RedisConnection> opening;

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
        this.context = context;
        this.redis = redis;
    }

    boolean isConnected() {
        return connection != null;
    }

    /** The answer of the script. */
    Future<Buffer> decide(CheckBatch batch) {
        RedisConnection open = connection;
        return open != null
                ? batch.counts().run(open::send)
                : open().compose(opened -> batch.counts().run(opened::send));
    }

    private Future<RedisConnection> open() {
        if (opening == null) {
            Promise<RedisConnection> opened = Promise.promise();
            opening = opened.future();
            redis.connect()
                    .onComplete(result -> context.runOnContext(ignored -> {
                        opening = null;
                        result.map(this::use);
                        opened.handle(result);
                    }));
        }
        return opening;
    }

    private RedisConnection use(RedisConnection opened) {
        connection = opened;
        // The pool may give a connection of another event loop.
        opened.endHandler(end -> context.runOnContext(ignored -> lost(opened)));
        opened.exceptionHandler(failure -> context.runOnContext(ignored -> lost(opened)));
        return opened;
    }

    private void lost(RedisConnection which) {
        if (connection == which) {
            connection = null;
            which.close();
        }
    }

    /** The checks that one command of Redis decides, in order. */
    static final class CheckBatch {

        private static final int MAX_CHECKS = 250;

        private final List<RateLimitCheck> checks = new ArrayList<>();
        private final RateLimitBatch counts = new RateLimitBatch();

        /** False if there is no more room. */
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

        /** Tells the demands what Redis answered. */
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
