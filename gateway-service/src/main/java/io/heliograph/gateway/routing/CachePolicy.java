package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.InvalidConfigurationException.ConfigKey;
import io.heliograph.gateway.routing.RouteConfig.RouteCacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The cache settings of a route.
 *
 * @param maxEntryBytes the largest body that is stored
 * @param varyBy request headers by which responses vary, in addition to {@code Vary}
 * @param tags the tags of all responses of the route
 * @param excludeHost whether the cache key excludes the scheme and the host of a request; the service then receives
 *     neither, so that no response depends on them
 */
public record CachePolicy(
        FreshnessTimes times, int maxEntryBytes, List<String> varyBy, List<String> tags, boolean excludeHost) {

    /**
     * @param defaultMillis the freshness lifetime of responses that state none; 0 for none
     * @param maxMillis the longest freshness lifetime
     * @param heuristic whether a response with only {@code Last-Modified} is fresh for a tenth of the time since then
     * @param whileRevalidateMillis how long a stale response may be served while it is revalidated
     * @param ifErrorMillis how long a stale response may be served if the service fails
     */
    public record FreshnessTimes(
            long defaultMillis, long maxMillis, boolean heuristic, long whileRevalidateMillis, long ifErrorMillis) {}

    /** Reads the cache policy of a route. */
    static final class CachePolicyReader {

        private static final int LONGEST_NAME = 128;

        private CachePolicyReader() {}

        /** Null if the route is not cached. */
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

        /** Validates the name of a header or a tag; in lower case. */
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
}
