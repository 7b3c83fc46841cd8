package io.heliograph.gateway.cache;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.CachePolicy;
import io.heliograph.gateway.routing.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * A cacheable request, independent of its exchange, which may end before the fetch does.
 *
 * @param key the cache key: the URI, with scheme and host unless the policy excludes them
 * @param headers the request headers as the client sent them
 */
record CacheRequest(Route route, String key, String uri, MultiMap headers, RequestCacheControl control) {

    /** Responses with longer keys are not stored: purges of such keys would fill Redis. */
    private static final int MAX_KEY_LENGTH = 1_000;

    /** The cache key of a request; null if its response is not stored. */
    static String key(Exchange exchange) {
        return key(exchange, exchange.request().uri());
    }

    /** The cache key of another URI of the same host. */
    static String key(Exchange exchange, String uri) {
        if (exchange.route().cache().excludeHost()) {
            return uri.length() > MAX_KEY_LENGTH ? null : "//" + uri;
        }
        String host = exchange.host();
        if (host == null || host.length() + uri.length() > MAX_KEY_LENGTH) {
            return null;
        }
        return exchange.scheme() + "://" + host.toLowerCase(Locale.ROOT) + uri;
    }

    CachePolicy policy() {
        return route.cache();
    }

    boolean hasCredentials() {
        return hasCredentials(headers);
    }

    /** Whether the request has credentials, so that the response may be for this client only. */
    static boolean hasCredentials(MultiMap headers) {
        return headers.contains(HttpHeaders.AUTHORIZATION) || headers.contains(HttpHeaders.COOKIE);
    }

    /** The {@code Cache-Control} of a request. Times are in milliseconds, negative if absent. */
    record RequestCacheControl(
            boolean noCache, boolean noStore, boolean onlyIfCached, long maxAgeMillis, Tolerance tolerance) {

        /** How long a response must remain fresh, and for how long it may have been stale. */
        record Tolerance(long minFreshMillis, long maxStaleMillis) {}

        /** The value of {@code max-stale} without a time. */
        private static final long ANY_SECONDS = Integer.MAX_VALUE;

        private static final RequestCacheControl NONE =
                new RequestCacheControl(false, false, false, CacheDirectives.ABSENT, new Tolerance(0, 0));

        static RequestCacheControl of(MultiMap headers) {
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                return NONE;
            }
            CacheDirectives directives = CacheDirectives.of(headers.getAll(HttpHeaders.CACHE_CONTROL));
            long maxAge = directives.seconds("max-age");
            return new RequestCacheControl(
                    directives.has("no-cache") || maxAge == 0,
                    directives.has("no-store"),
                    directives.has("only-if-cached"),
                    maxAge < 0 ? CacheDirectives.ABSENT : maxAge * 1_000,
                    new Tolerance(Math.max(0, directives.seconds("min-fresh")) * 1_000, maxStale(headers, directives)));
        }

        /** A {@code max-stale} without a time accepts any age. */
        private static long maxStale(MultiMap headers, CacheDirectives directives) {
            if (!directives.has("max-stale")) {
                return 0;
            }
            long seconds = directives.seconds("max-stale");
            boolean timeless = seconds == 0
                    && headers.getAll(HttpHeaders.CACHE_CONTROL).stream()
                            .noneMatch(line -> line.contains("max-stale="));
            return (timeless ? ANY_SECONDS : seconds) * 1_000;
        }
    }
}
