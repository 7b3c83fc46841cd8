package io.heliograph.gateway.routing;

import java.util.List;

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
}
