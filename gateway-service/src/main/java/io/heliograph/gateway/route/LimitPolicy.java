package io.heliograph.gateway.route;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * So many requests in a window of time, counted by one thing.
 *
 * @param onlyCalls the calls that are counted; all of the route if empty
 * @param shadow whether it only counts, and refuses nothing
 */
public record LimitPolicy(String name, Rate rate, By by, Set<Call> onlyCalls, boolean shadow) {

    /** What has a count of its own. */
    public enum By {
        /** Each address of clients. */
        ADDRESS,
        /** Each caller; those without a good token are not counted. */
        USER,
        /** The route: all its requests together. */
        ROUTE
    }

    public record Rate(int requests, long windowMillis) {}

    /** Whether a call of this method and exact path is counted. */
    public boolean counts(HttpMethod method, String path) {
        return onlyCalls.isEmpty() || onlyCalls.contains(new Call(method, path));
    }
}
