package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.CacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes the cache policy of a route, or says which key of it is wrong. */
final class CacheReader {

    private static final int LONGEST_NAME = 128;

    private CacheReader() {}

    /** Null if there is to be no cache. */
    static CachePolicy read(Key key, CacheConfig config) {
        if (!config.enabled()) {
            return null;
        }
        CachePolicy.Times times = new CachePolicy.Times(
                millis(key.at("fresh"), config.fresh()),
                millis(key.at("max-fresh"), config.maxFresh()),
                config.guess(),
                millis(key.at("stale-while-revalidate"), config.staleWhileRevalidate()),
                millis(key.at("stale-if-error"), config.staleIfError()));
        return new CachePolicy(
                times,
                bytes(key.at("max-entry"), config.maxEntry().asLongValue()),
                List.copyOf(key.at("vary-by").parse(config.varyBy(), CacheReader::name)),
                List.copyOf(key.at("tags").parse(config.tags(), CacheReader::name)),
                config.excludeHost());
    }

    private static long millis(Key key, Duration duration) {
        if (duration.isNegative()) {
            throw key.wrong("is negative");
        }
        return duration.toMillis();
    }

    private static int bytes(Key key, long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE / 2) {
            throw key.wrong("an answer that is kept has 1 GB at most");
        }
        return (int) bytes;
    }

    /** Of a header or a tag, in lower case. */
    private static String name(String text) {
        boolean isName = !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        if (!isName) {
            throw new IllegalArgumentException("\"" + text + "\" is not a name");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
