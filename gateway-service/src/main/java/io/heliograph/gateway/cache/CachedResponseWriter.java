package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheStatus.CacheMetrics;
import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.heliograph.gateway.pipeline.ChunkedWriter;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes cached responses to exchanges, or forwards an exchange to the upstream. */
@Singleton
final class CachedResponseWriter {

    private static final int NOT_MODIFIED = 304;

    /** Encoded values of {@code Age}, which are written often. */
    private static final CharSequence[] AGES = new CharSequence[1_000];

    static {
        for (int i = 0; i < AGES.length; i++) {
            AGES[i] = HttpHeaders.createOptimized(Integer.toString(i));
        }
    }

    private final CacheMetrics metrics;

    CachedResponseWriter(CacheMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param reason why the response was not served from memory; null if it was */
    void write(Exchange exchange, CacheEntry entry, CacheResult result, String reason) {
        metrics.count(exchange.route(), result);
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        long now = System.currentTimeMillis();
        exchange.setHeader(
                CacheStatus.HEADER,
                CacheStatus.of(result, reason, entry.freshness().remainingMillis(now)));
        StoredHeaders stored = entry.headers();
        MultiMap headers = response.headers();
        boolean unchanged = Preconditions.isNotModified(exchange.request().headers(), stored);
        if (unchanged) {
            response.setStatusCode(NOT_MODIFIED);
            stored.copyNotModifiedTo(headers);
        } else {
            response.setStatusCode(stored.status());
            stored.copyTo(headers);
        }
        headers.set(HttpHeaders.AGE, age(entry.freshness().ageMillis(now) / 1_000));
        exchange.addMetadata(headers);
        Buffer body = exchange.encoding().select(response.getStatusCode(), entry.reusableBody());
        boolean bodyless = unchanged || HttpMethod.HEAD.equals(exchange.method());
        exchange.request().resume();
        ChunkedWriter.end(
                response,
                bodyless ? Buffer.buffer() : body,
                complete -> exchange.finish(complete ? Outcome.ANSWERED : Outcome.ABORTED));
    }

    /** Forwards the exchange to the upstream. */
    void forward(Exchange exchange, CacheResult result, String reason) {
        prepareForward(exchange, result, reason);
        exchange.proceed();
    }

    /** Prepares an exchange to which the response of the upstream is streamed. */
    void prepareForward(Exchange exchange, CacheResult result, String reason) {
        metrics.count(exchange.route(), result);
        exchange.setHeader(CacheStatus.HEADER, reason);
        HttpServerResponse response = exchange.response();
        // Tags are for the cache only; they could reveal internals to clients.
        response.headersEndHandler(end -> response.headers().remove(StoredFields.TAGS));
    }

    void reject(Exchange exchange, Problem problem, String reason) {
        metrics.count(exchange.route(), CacheResult.MISS);
        exchange.setHeader(CacheStatus.HEADER, reason);
        exchange.reject(problem);
    }

    void fail(Exchange exchange, UpstreamFailure failure, String reason) {
        metrics.count(exchange.route(), CacheResult.MISS);
        exchange.setHeader(CacheStatus.HEADER, reason);
        failure.reject(exchange);
    }

    private static CharSequence age(long seconds) {
        return seconds < AGES.length ? AGES[(int) seconds] : Long.toString(seconds);
    }

    /** Evaluates conditional requests against a stored response (RFC 9110, 13.1). */
    static final class Preconditions {

        private Preconditions() {}

        static boolean isNotModified(MultiMap request, StoredHeaders stored) {
            if (stored.status() != 200) {
                return false;
            }
            if (request.contains(HttpHeaders.IF_NONE_MATCH)) {
                return names(request.getAll(HttpHeaders.IF_NONE_MATCH), stored.tag());
            }
            String since = request.get(HttpHeaders.IF_MODIFIED_SINCE);
            return since != null && stored.modified() != null && isUnchangedSince(since, stored);
        }

        /** Whether two entity tags name the same, weak or not. */
        static boolean isSame(String tag, String other) {
            return opaque(tag).equals(opaque(other));
        }

        private static boolean isUnchangedSince(String since, StoredHeaders stored) {
            if (since.equals(stored.modified())) {
                return stored.modifiedMillis() != HttpDate.NONE;
            }
            long sinceMillis = HttpDate.parse(since);
            return sinceMillis != HttpDate.NONE
                    && stored.modifiedMillis() != HttpDate.NONE
                    && stored.modifiedMillis() <= sinceMillis;
        }

        private static boolean names(List<String> lines, String tag) {
            for (String line : lines) {
                if (line.trim().equals("*") || (tag != null && contains(line, opaque(tag)))) {
                    return true;
                }
            }
            return false;
        }

        /** Compares tag by tag: a tag may contain commas, and must not match inside another one. */
        private static boolean contains(String line, String opaque) {
            int open = line.indexOf('"');
            while (open >= 0) {
                int close = line.indexOf('"', open + 1);
                if (close < 0) {
                    return false;
                }
                if (close + 1 - open == opaque.length() && line.startsWith(opaque, open)) {
                    return true;
                }
                open = line.indexOf('"', close + 1);
            }
            return false;
        }

        private static String opaque(String tag) {
            return tag.startsWith("W/") ? tag.substring(2) : tag;
        }
    }
}
