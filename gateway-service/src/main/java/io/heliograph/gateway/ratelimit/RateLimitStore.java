package io.heliograph.gateway.ratelimit;

import io.heliograph.ratelimit.RateLimitScript;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

/**
 * Has {@link RateLimitScript} run by Redis, over one connection that is kept. At most one is opened at a time, so that a
 * Redis that hangs takes no more of them. Used on one event loop only; whoever calls waits no longer than he likes.
 */
final class RateLimitStore {

    private final Context context;
    private final Redis redis;
    private RedisConnection connection;
    private Future<RedisConnection> opening;

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
}
