package io.heliograph.gateway.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Keeps one connection to Redis for commands that may fail but must not take long, with a circuit breaker: after
 * consecutive failures commands fail at once for a while. Used from any thread; results complete on the context.
 */
final class RedisConnectionHolder {

    private static final Logger LOG = Logger.getLogger(RedisConnectionHolder.class);

    private static final int MAX_FAILURES = 3;
    private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** More than this unanswered is not waited for: at a millisecond each it would be past any deadline. */
    private static final int MAX_WAITING = 256;

    private final Redis redis;
    private final Context context;
    private final long timeoutMillis;
    private RedisConnection connection;
    private Future<RedisConnection> opening;
    private int waiting;
    private int failures;
    private volatile long openUntilNanos = System.nanoTime();

    RedisConnectionHolder(Context context, Redis redis, long timeoutMillis) {
        this.redis = redis;
        this.context = context;
        this.timeoutMillis = timeoutMillis;
    }

    boolean isOpen() {
        return openUntilNanos - System.nanoTime() > 0;
    }

    Future<Response> send(Request request) {
        Promise<Response> outcome = Promise.promise();
        context.runOnContext(ignored -> {
            if (isOpen() || waiting >= MAX_WAITING) {
                outcome.fail("the circuit breaker for Redis is open");
            } else {
                waiting++;
                Future<Response> answer = connected().compose(opened -> opened.send(request));
                deadline(answer).onComplete(result -> {
                    waiting--;
                    count(result.succeeded());
                    outcome.handle(result);
                });
            }
        });
        return outcome.future();
    }

    void close() {
        context.runOnContext(ignored -> {
            if (connection != null) {
                connection.close();
            }
        });
    }

    /** On the context, whichever it is that an answer comes on. */
    private Future<Response> deadline(Future<Response> answer) {
        Promise<Response> inTime = Promise.promise();
        long timer = context.owner()
                .setTimer(timeoutMillis, fired -> inTime.tryFail(new TimeoutException("Redis does not respond")));
        answer.onComplete(result -> context.runOnContext(ignored -> {
            context.owner().cancelTimer(timer);
            if (result.succeeded()) {
                inTime.tryComplete(result.result());
            } else {
                inTime.tryFail(result.cause());
            }
        }));
        return inTime.future();
    }

    private Future<RedisConnection> connected() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        if (opening == null) {
            Promise<RedisConnection> opened = Promise.promise();
            opening = opened.future();
            redis.connect()
                    .onComplete(result -> context.runOnContext(ignored -> {
                        opening = null;
                        if (result.succeeded()) {
                            use(result.result());
                        }
                        opened.handle(result);
                    }));
        }
        return opening;
    }

    private void use(RedisConnection opened) {
        connection = opened;
        opened.endHandler(end -> context.runOnContext(ignored -> lost(opened)));
        opened.exceptionHandler(failure -> context.runOnContext(ignored -> lost(opened)));
    }

    private void lost(RedisConnection which) {
        if (connection == which) {
            connection = null;
            which.close();
        }
    }

    private void count(boolean success) {
        if (success) {
            if (failures >= MAX_FAILURES) {
                LOG.info("Cached responses are shared over Redis again");
            }
            failures = 0;
            return;
        }
        failures++;
        if (failures >= MAX_FAILURES) {
            openUntilNanos = System.nanoTime() + OPEN_NANOS;
            if (failures == MAX_FAILURES) {
                LOG.warn("Redis does not respond; responses are cached in memory only");
            }
        }
    }
}
