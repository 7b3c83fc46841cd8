package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;

/** The {@code Cache-Control} of a response, as a shared cache reads it. */
final class ResponseCacheControl {

    /** Status codes that are heuristically cacheable (RFC 9110, 15.1); others need an explicit freshness lifetime. */
    private static final Set<Integer> CACHEABLE_BY_DEFAULT =
            Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    /** Status codes of partial and conditional responses, and of missing or wrong credentials. */
    private static final Set<Integer> NEVER_STORED = Set.of(206, 304, 401, 407, 412, 416);

    /** The status codes of RFC 9110 and of the IANA registry, which {@code must-understand} requires. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408,
            409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504,
            505, 511);

    private final int status;
    private final CacheDirectives directives;

    private ResponseCacheControl(int status, CacheDirectives directives) {
        this.status = status;
        this.directives = directives;
    }

    static ResponseCacheControl of(int status, MultiMap headers) {
        return new ResponseCacheControl(status, CacheDirectives.of(headers.getAll(HttpHeaders.CACHE_CONTROL)));
    }

    /**
     * Whether the response may be stored. A {@code private} with header names applies to the whole response, as RFC
     * 9111 allows; {@code must-understand} overrides {@code no-store} if the status code is known, and forbids storing
     * otherwise.
     */
    boolean mayStore() {
        boolean understood = UNDERSTOOD.contains(status);
        boolean forbidden = directives.has("must-understand") ? !understood : directives.has("no-store");
        return !NEVER_STORED.contains(status) && !forbidden && !directives.has("private");
    }

    /** Whether a response to a request with credentials may be served to others (RFC 9111, 3.5). */
    boolean isShareable() {
        return directives.has("public") || directives.has("s-maxage") || directives.has("must-revalidate");
    }

    /** Whether it may be served only after revalidation. */
    boolean mustRevalidate() {
        return directives.has("no-cache");
    }

    /** Whether it may never be served stale, whatever the configuration or a request permits. */
    boolean forbidsStale() {
        return directives.has("must-revalidate")
                || directives.has("proxy-revalidate")
                || directives.has("s-maxage")
                || directives.has("no-cache");
    }

    boolean isHeuristicallyCacheable() {
        return isCacheableByDefault(status) || directives.has("public");
    }

    /**
     * Whether responses of this status code are revalidated. Others are stored only while they are fresh, since a
     * {@code 304} confirms the representation of a {@code 200}.
     */
    static boolean isCacheableByDefault(int status) {
        return CACHEABLE_BY_DEFAULT.contains(status);
    }

    /** {@link CacheDirectives#ABSENT} if absent. */
    long maxAgeSeconds() {
        return directives.has("s-maxage") ? directives.seconds("s-maxage") : directives.seconds("max-age");
    }

    /** {@link CacheDirectives#ABSENT} if absent. */
    long whileRevalidateSeconds() {
        return directives.seconds("stale-while-revalidate");
    }

    /** {@link CacheDirectives#ABSENT} if absent. */
    long ifErrorSeconds() {
        return directives.seconds("stale-if-error");
    }
}
