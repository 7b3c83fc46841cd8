package io.heliograph.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;

/** Sends a single command over a connection of the pool, to which the connection returns whatever the outcome. */
public final class PooledCommand {

    private static final long TIMEOUT_MILLIS = 1_000;

    /** Longer, because a request for a connection keeps its place in the queue of the pool after it has timed out. */
    private static final long CONNECT_TIMEOUT_MILLIS = 5_000;

    private PooledCommand() {}

    /** Fails after a second without a response, or five seconds without a connection. */
    public static Future<Response> send(Redis redis, Request request) {
        Future<RedisConnection> connecting = redis.connect();
        return connecting
                .timeout(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(late -> connecting.onSuccess(RedisConnection::close))
                .compose(connection -> connection
                        .send(request)
                        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .eventually(() -> connection.close()));
    }
}
