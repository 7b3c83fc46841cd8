package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.CacheDirectives.ResponseCacheControl;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * When a stored response may be used. Times are wall-clock times, since gateways share entries.
 *
 * @param createdMillis when the age of the response was zero (RFC 9111, 4.2.3)
 * @param lifetimeMillis the freshness lifetime
 * @param whileRevalidateMillis how long after the freshness lifetime it may be served while it is revalidated
 * @param ifErrorMillis how long after the freshness lifetime it may be served if the upstream fails
 */
record Freshness(
        long createdMillis, long lifetimeMillis, long whileRevalidateMillis, long ifErrorMillis, FreshnessRules rules) {

    /**
     * @param mustRevalidate it may be served only after revalidation
     * @param neverStale it may never be served stale
     * @param shareable it may be served to requests with credentials
     */
    record FreshnessRules(boolean mustRevalidate, boolean neverStale, boolean shareable) {}

    /** How a stored response may be used. */
    enum Usability {
        /** Serve it. */
        SERVE,
        /** Serve it, and revalidate it in the background. */
        SERVE_STALE,
        /** Revalidate it first. */
        REVALIDATE
    }

    long ageMillis(long now) {
        return Math.max(0, now - createdMillis);
    }

    /** The remaining freshness lifetime; negative if the response is stale. */
    long remainingMillis(long now) {
        return lifetimeMillis - ageMillis(now);
    }

    boolean isFresh(long now) {
        return remainingMillis(now) > 0;
    }

    Usability usability(RequestCacheControl request, long now) {
        long age = ageMillis(now);
        boolean tooOld = request.maxAgeMillis() >= 0 && age > request.maxAgeMillis();
        if (rules.mustRevalidate() || request.noCache() || tooOld) {
            return Usability.REVALIDATE;
        }
        long left = lifetimeMillis - age;
        long minFresh = request.tolerance().minFreshMillis();
        if (left > 0 && left >= minFresh) {
            return Usability.SERVE;
        }
        long staleFor = Math.max(whileRevalidateMillis, request.tolerance().maxStaleMillis());
        boolean mayBeStale = !rules.neverStale() && minFresh == 0 && -left < staleFor;
        return mayBeStale ? Usability.SERVE_STALE : Usability.REVALIDATE;
    }

    /** Whether it may be served because the upstream fails (stale-if-error). */
    boolean mayServeOnError(RequestCacheControl request, long now) {
        boolean wanted = !request.noCache() && request.maxAgeMillis() < 0;
        return wanted && !rules.neverStale() && -remainingMillis(now) < ifErrorMillis;
    }

    /** How much longer the entry is useful: fresh, served stale, or revalidated. */
    long retentionMillis(long now, long toAskMillis) {
        return remainingMillis(now) + Math.max(toAskMillis, Math.max(whileRevalidateMillis, ifErrorMillis));
    }

    /** Calculates age and freshness lifetime of a response (RFC 9111, 4.2). */
    static final class FreshnessCalculator {

        /** When the request was sent and when the response head was received. */
        record FetchTimes(long requestMillis, long responseMillis) {}

        /** The heuristic freshness lifetime is this part of the time since the last modification (RFC 9111, 4.2.2). */
        private static final int HEURISTIC_DIVISOR = 10;

        private static final long MAX_HEURISTIC_MILLIS = 24 * 60 * 60 * 1_000L;

        private FreshnessCalculator() {}

        /** Null if there is no freshness lifetime, so that the response must not be stored. */
        static Freshness of(ResponseCacheControl control, MultiMap headers, FetchTimes times, CachePolicy policy) {
            long fresh = freshMillis(control, headers, times, policy);
            if (fresh < 0 && !control.mustRevalidate() && !control.isShareable()) {
                return null;
            }
            long whileRevalidate =
                    window(control.whileRevalidateSeconds(), policy.times().whileRevalidateMillis());
            long ifError = window(control.ifErrorSeconds(), policy.times().ifErrorMillis());
            boolean neverStale = control.forbidsStale();
            return new Freshness(
                    createdMillis(headers, times),
                    Math.max(0, Math.min(fresh, policy.times().maxMillis())),
                    neverStale ? 0 : whileRevalidate,
                    neverStale ? 0 : ifError,
                    new FreshnessRules(control.mustRevalidate(), neverStale, control.isShareable()));
        }

        private static long window(long statedSeconds, long configuredMillis) {
            return statedSeconds < 0 ? configuredMillis : statedSeconds * 1_000;
        }

        private static long createdMillis(MultiMap headers, FetchTimes times) {
            long apparentAge = Math.max(0, times.responseMillis() - dateOf(headers, times));
            long correctedAge = ageSeconds(headers) * 1_000 + times.responseMillis() - times.requestMillis();
            return times.responseMillis() - Math.max(apparentAge, correctedAge);
        }

        /** The {@code Age} of a cache before this one: the first value, if there are several (RFC 9111, 5.1). */
        private static long ageSeconds(MultiMap headers) {
            String line = headers.get(HttpHeaders.AGE);
            return line == null ? 0 : CacheDirectives.parse(line.split(",", 2)[0].trim());
        }

        private static long dateOf(MultiMap headers, FetchTimes times) {
            long date = HttpDate.parse(headers.get(HttpHeaders.DATE));
            return date == HttpDate.NONE ? times.responseMillis() : date;
        }

        /** The freshness lifetime; negative if there is none. */
        private static long freshMillis(
                ResponseCacheControl control, MultiMap headers, FetchTimes times, CachePolicy policy) {
            if (control.maxAgeSeconds() >= 0) {
                return control.maxAgeSeconds() * 1_000;
            }
            List<String> expires = headers.getAll(HttpHeaders.EXPIRES);
            if (!expires.isEmpty()) {
                return untilExpiry(expires, dateOf(headers, times));
            }
            if (!control.isHeuristicallyCacheable()) {
                return -1;
            }
            if (policy.times().defaultMillis() > 0) {
                return policy.times().defaultMillis();
            }
            return policy.times().heuristic() ? heuristicMillis(headers, times) : -1;
        }

        /** The time until the earliest {@code Expires}. An invalid date, such as {@code 0}, is in the past. */
        private static long untilExpiry(List<String> expires, long date) {
            long earliest = Long.MAX_VALUE;
            for (String line : expires) {
                earliest = Math.min(earliest, HttpDate.parse(line));
            }
            return earliest == HttpDate.NONE ? 0 : Math.max(0, earliest - date);
        }

        private static long heuristicMillis(MultiMap headers, FetchTimes times) {
            long modified = HttpDate.parse(headers.get(HttpHeaders.LAST_MODIFIED));
            long since = dateOf(headers, times) - modified;
            return modified == HttpDate.NONE || since < 0
                    ? -1
                    : Math.min(MAX_HEURISTIC_MILLIS, since / HEURISTIC_DIVISOR);
        }
    }
}
