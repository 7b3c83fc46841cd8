package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.RouteCacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Reads the cache policy of a route. */
final class CachePolicyReader {

    private static final int LONGEST_NAME = 128;

    private CachePolicyReader() {}

    /** Null if there is to be no cache. */
    static CachePolicy read(ConfigKey key, RouteCacheConfig config) {
        if (!config.enabled()) {
            return null;
        }
        CachePolicy.FreshnessTimes times = new CachePolicy.FreshnessTimes(
                millis(key.at("default-freshness"), config.defaultFreshness()),
                millis(key.at("max-freshness"), config.maxFreshness()),
                config.heuristicFreshness(),
                millis(key.at("stale-while-revalidate"), config.staleWhileRevalidate()),
                millis(key.at("stale-if-error"), config.staleIfError()));
        return new CachePolicy(
                times,
                bytes(key.at("max-entry"), config.maxEntry().asLongValue()),
                List.copyOf(key.at("vary-by").parse(config.varyBy(), CachePolicyReader::name)),
                List.copyOf(key.at("tags").parse(config.tags(), CachePolicyReader::name)),
                config.excludeHost());
    }

    private static long millis(ConfigKey key, Duration duration) {
        if (duration.isNegative()) {
            throw key.invalid("must not be negative");
        }
        return duration.toMillis();
    }

    private static int bytes(ConfigKey key, long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE / 2) {
            throw key.invalid("must be at most 1 GB");
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
