package io.heliograph.operations;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;

/** Single commands, each over a connection that is borrowed for it and given back in any case. */
public final class RedisCommands {

    private static final long TIMEOUT_MILLIS = 1_000;

    /** Longer: what waits for a connection still occupies its place when nobody waits for it any more. */
    private static final long CONNECT_MILLIS = 5_000;

    private RedisCommands() {}

    /** Fails after a second without an answer, or five without a connection. */
    public static Future<Response> send(Redis redis, Request request) {
        Future<RedisConnection> connecting = redis.connect();
        return connecting
                .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(late -> connecting.onSuccess(RedisConnection::close))
                .compose(connection -> connection
                        .send(request)
                        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .eventually(() -> connection.close()));
    }
}
