package io.heliograph.gateway.routing;

import io.heliograph.ratelimit.Rate;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rate limit: a number of requests in a sliding window, counted by one key.
 *
 * @param onlyCalls the calls that are counted; all of the route if empty
 * @param shadow whether the limit only counts and rejects nothing
 */
public record RateLimitPolicy(String name, Rate rate, KeyType keyType, Set<Endpoint> onlyCalls, boolean shadow) {

    /** Names are used in headers and in keys of Redis. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,32}");

    /** The key by which requests are counted. */
    public enum KeyType {
        /** The address of the client; of IPv6 the network of 64 bits. */
        ADDRESS,
        /** The caller; the address without a valid token. */
        USER,
        /** The route, for all of its requests together. */
        ROUTE
    }

    public RateLimitPolicy {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has 1 to 32 letters, digits and hyphens");
        }
    }

    /** Whether a call of this method and exact path is counted. */
    public boolean appliesTo(HttpMethod method, String path) {
        return onlyCalls.isEmpty() || onlyCalls.contains(new Endpoint(method, path));
    }
}
