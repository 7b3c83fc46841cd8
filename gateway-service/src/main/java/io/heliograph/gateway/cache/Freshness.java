package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Life.Bounds;
import io.heliograph.gateway.routing.CachePolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The arithmetic of RFC 9111, 4.2: how old an answer is when it comes, and how long it stays fresh. */
final class Freshness {

    /** When the service was asked and when the head of its answer came. */
    record Asked(long sentMillis, long answeredMillis) {}

    /** What one that says nothing is guessed to stay fresh for: this part of the time since it last changed. */
    private static final int GUESS_DIVISOR = 10;

    private static final long LONGEST_GUESS_MILLIS = 24 * 60 * 60 * 1_000L;

    private Freshness() {}

    /** Null if nothing says how long it is fresh, so that it must not be kept for that. */
    static Life of(AnswerControl control, MultiMap headers, Asked asked, CachePolicy policy) {
        long fresh = freshMillis(control, headers, asked, policy);
        if (fresh < 0 && !control.mustAsk() && !control.isForAll()) {
            return null;
        }
        long whileRevalidate =
                window(control.whileRevalidateSeconds(), policy.times().whileRevalidateMillis());
        long ifError = window(control.ifErrorSeconds(), policy.times().ifErrorMillis());
        boolean neverStale = control.forbidsStale();
        return new Life(
                bornMillis(headers, asked),
                Math.max(0, Math.min(fresh, policy.times().maxFreshMillis())),
                neverStale ? 0 : whileRevalidate,
                neverStale ? 0 : ifError,
                new Bounds(control.mustAsk(), neverStale, control.isForAll()));
    }

    private static long window(long saidSeconds, long configuredMillis) {
        return saidSeconds < 0 ? configuredMillis : saidSeconds * 1_000;
    }

    private static long bornMillis(MultiMap headers, Asked asked) {
        long apparentAge = Math.max(0, asked.answeredMillis() - dateOf(headers, asked));
        long toldAge = ageSeconds(headers) * 1_000 + asked.answeredMillis() - asked.sentMillis();
        return asked.answeredMillis() - Math.max(apparentAge, toldAge);
    }

    /** What the cache before this one says: the first value, if there are several (RFC 9111, 5.1). */
    private static long ageSeconds(MultiMap headers) {
        String line = headers.get(HttpHeaders.AGE);
        return line == null ? 0 : Directives.parse(line.split(",", 2)[0].trim());
    }

    private static long dateOf(MultiMap headers, Asked asked) {
        long date = HttpDate.parse(headers.get(HttpHeaders.DATE));
        return date == HttpDate.NONE ? asked.answeredMillis() : date;
    }

    /** Negative if nothing says. */
    private static long freshMillis(AnswerControl control, MultiMap headers, Asked asked, CachePolicy policy) {
        if (control.maxAgeSeconds() >= 0) {
            return control.maxAgeSeconds() * 1_000;
        }
        List<String> expires = headers.getAll(HttpHeaders.EXPIRES);
        if (!expires.isEmpty()) {
            return untilExpiry(expires, dateOf(headers, asked));
        }
        if (!control.isKeptByDefault()) {
            return -1;
        }
        if (policy.times().freshMillis() > 0) {
            return policy.times().freshMillis();
        }
        return policy.times().guessed() ? guess(headers, asked) : -1;
    }

    /** The earliest that is given. What is no date, such as {@code 0}, has passed. */
    private static long untilExpiry(List<String> expires, long date) {
        long earliest = Long.MAX_VALUE;
        for (String line : expires) {
            earliest = Math.min(earliest, HttpDate.parse(line));
        }
        return earliest == HttpDate.NONE ? 0 : Math.max(0, earliest - date);
    }

    private static long guess(MultiMap headers, Asked asked) {
        long modified = HttpDate.parse(headers.get(HttpHeaders.LAST_MODIFIED));
        long since = dateOf(headers, asked) - modified;
        return modified == HttpDate.NONE || since < 0 ? -1 : Math.min(LONGEST_GUESS_MILLIS, since / GUESS_DIVISOR);
    }
}
