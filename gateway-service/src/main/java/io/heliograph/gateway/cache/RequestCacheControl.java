package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The {@code Cache-Control} of a request. Times are in milliseconds, negative if absent. */
record RequestCacheControl(
        boolean noCache, boolean noStore, boolean onlyIfCached, long maxAgeMillis, Tolerance tolerance) {

    /** How much longer an answer must still be fresh, and for how long it may have been stale. */
    record Tolerance(long minFreshMillis, long maxStaleMillis) {}

    /** How long {@code max-stale} without a time is: as long as anything is kept. */
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

    /** One without a time accepts whatever there is. */
    private static long maxStale(MultiMap headers, CacheDirectives directives) {
        if (!directives.has("max-stale")) {
            return 0;
        }
        long seconds = directives.seconds("max-stale");
        boolean timeless = seconds == 0
                && headers.getAll(HttpHeaders.CACHE_CONTROL).stream().noneMatch(line -> line.contains("max-stale="));
        return (timeless ? ANY_SECONDS : seconds) * 1_000;
    }
}
