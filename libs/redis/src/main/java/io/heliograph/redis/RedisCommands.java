package io.heliograph.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Sends commands over one connection that is kept. A command fails after the timeout, at once when {@value
 * #MAX_PENDING} commands are pending, and at once while the {@linkplain RedisCircuitBreaker circuit breaker} is open.
 * From any thread; results come on the context.
 */
public final class RedisCommands {

    private static final Logger LOG = Logger.getLogger(RedisCommands.class);

    /** At a millisecond each, a command behind more than these would miss any timeout. */
    private static final int MAX_PENDING = 256;

    private final Context context;
    private final RedisConnectionHolder connection;
    private final String purpose;
    private final long timeoutMillis;
    private final RedisCircuitBreaker breaker = new RedisCircuitBreaker();
    private int pending;

    /** @param purpose the effect of an outage, for the log: "cached responses are kept in memory only" */
    public RedisCommands(Context context, Redis redis, long timeoutMillis, String purpose) {
        this.context = context;
        this.connection = new RedisConnectionHolder(context, redis);
        this.timeoutMillis = timeoutMillis;
        this.purpose = purpose;
    }

    /** Whether commands fail at once because Redis is unavailable. */
    public boolean isCircuitOpen() {
        return breaker.isOpen();
    }

    public Future<Response> send(Request request) {
        Promise<Response> outcome = Promise.promise();
        context.runOnContext(ignored -> {
            if (breaker.isOpen() || pending >= MAX_PENDING) {
                outcome.fail("Redis is not asked: it is away, or too many commands are unanswered");
            } else {
                pending++;
                Future<Response> answer = connection.get().compose(open -> open.send(request));
                withDeadline(answer).onComplete(result -> {
                    pending--;
                    record(result.succeeded());
                    outcome.handle(result);
                });
            }
        });
        return outcome.future();
    }

    public void close() {
        context.runOnContext(ignored -> connection.close());
    }

    /** Completes on the context, whatever thread the response comes on. */
    private Future<Response> withDeadline(Future<Response> answer) {
        Promise<Response> inTime = Promise.promise();
        long timer = context.owner()
                .setTimer(timeoutMillis, fired -> inTime.tryFail(new TimeoutException("Redis does not answer")));
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

    private void record(boolean success) {
        if (success && breaker.succeeded()) {
            LOG.info("Redis answers again");
        } else if (!success && breaker.failed()) {
            LOG.warnf("Redis does not answer; %s", purpose);
        }
    }
}
