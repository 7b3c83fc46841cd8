package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.proxy.Failure;
import io.heliograph.gateway.problem.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;

/** Answers exchanges with what is stored, or has them go on without. */
@Singleton
final class Replies {

    /** What a client that does not read may make the gateway hold. */
    private static final int PIECE = 64 * 1024;

    private static final int NOT_MODIFIED = 304;

    /** Ages up to this are written often. */
    private static final CharSequence[] AGES = new CharSequence[1_000];

    static {
        for (int i = 0; i < AGES.length; i++) {
            AGES[i] = HttpHeaders.createOptimized(Integer.toString(i));
        }
    }

    private final CacheMetrics metrics;

    Replies(CacheMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param reason why it was not given at once, if it was not */
    void give(Exchange exchange, Entry entry, Result result, String reason) {
        metrics.count(exchange.route(), result);
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        long now = System.currentTimeMillis();
        exchange.add(
                CacheStatus.HEADER, CacheStatus.of(result, reason, entry.life().leftMillis(now)));
        Head head = entry.head();
        MultiMap headers = response.headers();
        boolean unchanged = Conditions.isNotModified(exchange.request().headers(), head);
        if (unchanged) {
            response.setStatusCode(NOT_MODIFIED);
            head.copyNotModifiedTo(headers);
        } else {
            response.setStatusCode(head.status());
            head.copyTo(headers);
        }
        headers.set(HttpHeaders.AGE, age(entry.life().ageMillis(now) / 1_000));
        exchange.stamp(headers);
        boolean bodyless = unchanged || HttpMethod.HEAD.equals(exchange.method());
        send(exchange, bodyless ? Buffer.buffer() : entry.body());
    }

    /** Has the service asked for this one alone. */
    void pass(Exchange exchange, Result result, String reason) {
        prepare(exchange, result, reason);
        exchange.proceed();
    }

    /** It will be answered by the service. */
    void prepare(Exchange exchange, Result result, String reason) {
        metrics.count(exchange.route(), result);
        exchange.add(CacheStatus.HEADER, reason);
        HttpServerResponse response = exchange.response();
        // Tags are said to the cache; clients could learn from them what is behind.
        response.headersEndHandler(end -> response.headers().remove(Fields.TAGS));
    }

    void refuse(Exchange exchange, Problem problem, String reason) {
        metrics.count(exchange.route(), Result.MISS);
        exchange.add(CacheStatus.HEADER, reason);
        exchange.refuse(problem);
    }

    void fail(Exchange exchange, Failure failure, String reason) {
        metrics.count(exchange.route(), Result.MISS);
        exchange.add(CacheStatus.HEADER, reason);
        failure.refuse(exchange);
    }

    private static void send(Exchange exchange, Buffer body) {
        HttpServerResponse response = exchange.response();
        exchange.request().resume();
        if (body.length() <= PIECE) {
            response.end(body);
            exchange.finish(Outcome.ANSWERED);
        } else {
            response.exceptionHandler(failure -> exchange.finish(Outcome.ABORTED));
            sendFrom(exchange, body, 0);
        }
    }

    /** Piece by piece, no faster than the client reads: what is written is copied, what waits here is not. */
    private static void sendFrom(Exchange exchange, Buffer body, int start) {
        HttpServerResponse response = exchange.response();
        int at = start;
        while (!response.closed()) {
            int end = Math.min(body.length(), at + PIECE);
            Buffer piece = body.slice(at, end);
            if (end == body.length()) {
                response.end(piece);
                exchange.finish(Outcome.ANSWERED);
                return;
            }
            response.write(piece);
            at = end;
            if (response.writeQueueFull()) {
                int next = end;
                response.drainHandler(drained -> sendFrom(exchange, body, next));
                return;
            }
        }
        exchange.finish(Outcome.ABORTED);
    }

    private static CharSequence age(long seconds) {
        return seconds < AGES.length ? AGES[(int) seconds] : Long.toString(seconds);
    }
}
