package io.heliograph.gateway.routing;

import java.util.List;

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
}
