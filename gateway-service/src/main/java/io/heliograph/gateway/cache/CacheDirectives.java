package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The directives of a {@code Cache-Control} header. Unknown directives are ignored; of a repeated directive the
 * stricter value applies, and an invalid time is zero.
 */
final class CacheDirectives {

    /** The value of an absent directive. */
    static final long ABSENT = -1;

    /** The upper bound of a time (RFC 9111, 1.2.2). */
    private static final long MAX_SECONDS = 1L << 31;

    private static final CacheDirectives NONE = new CacheDirectives();

    private final Map<String, Long> seconds = new HashMap<>();

    private CacheDirectives() {}

    static CacheDirectives of(List<String> lines) {
        if (lines.isEmpty()) {
            return NONE;
        }
        CacheDirectives directives = new CacheDirectives();
        for (String line : lines) {
            directives.read(line);
        }
        return directives;
    }

    boolean has(String name) {
        return seconds.containsKey(name);
    }

    /** The value of a directive in seconds; {@link #ABSENT} if there is no such directive. */
    long seconds(String name) {
        return seconds.getOrDefault(name, ABSENT);
    }

    private void read(String line) {
        int start = 0;
        while (start < line.length()) {
            int end = end(line, start);
            add(line.substring(start, end));
            start = end + 1;
        }
    }

    /** The end of the directive that starts at {@code start}. A comma in a quoted string does not end it. */
    private static int end(String line, int start) {
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ',') {
                return i;
            }
            if (c == '"') {
                i = Math.max(i, closing(line, i));
            }
        }
        return line.length();
    }

    /** The index of the closing quote; -1 if there is none, so that an open quote does not hide further directives. */
    private static int closing(String line, int open) {
        for (int i = open + 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private void add(String directive) {
        int equals = directive.indexOf('=');
        String name =
                (equals < 0 ? directive : directive.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            long value = equals < 0 ? 0 : parse(directive.substring(equals + 1).trim());
            seconds.merge(name, value, name.equals("min-fresh") ? Math::max : Math::min);
        }
    }

    /** Parses digits, which may be quoted; anything else is 0. */
    static long parse(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String digits = quoted ? text.substring(1, text.length() - 1) : text;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = Math.min(MAX_SECONDS, value * 10 + c - '0');
        }
        return value;
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

    /** The {@code Cache-Control} of a response, as a shared cache reads it. */
    static final class ResponseCacheControl {

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
}
