package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.InvalidConfigurationException.ConfigKey;
import io.heliograph.gateway.routing.RouteConfig.RouteCacheConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What of a route's answers may be kept beyond what they say themselves.
 *
 * @param maxEntryBytes what one answer may weigh
 * @param varyBy names of headers by which answers differ although they do not say so
 * @param tags what all answers of the route are tagged with
 * @param excludeHost whether the key leaves out the scheme and the host of a request; the service then receives neither, so
 *     that no answer depends on them
 */
public record CachePolicy(
        FreshnessTimes times, int maxEntryBytes, List<String> varyBy, List<String> tags, boolean excludeHost) {

    /**
     * @param defaultMillis how long an answer stays fresh that does not say; 0 for not at all
     * @param maxMillis how long one stays fresh at most, whatever it says
     * @param heuristic whether one that says when it last changed stays fresh for a tenth of the time since then
     * @param whileRevalidateMillis how long a stale one may be given while it is asked for again
     * @param ifErrorMillis how long a stale one may be given when the service fails
     */
    public record FreshnessTimes(
            long defaultMillis, long maxMillis, boolean heuristic, long whileRevalidateMillis, long ifErrorMillis) {}

    /** Reads the cache policy of a route. */
    static final class CachePolicyReader {

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
}
