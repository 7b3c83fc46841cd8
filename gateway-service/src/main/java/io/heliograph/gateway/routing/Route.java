package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.ratelimit.Rate;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How the requests of one resource are handled. {@code path} is their common prefix, such as {@code /api/rooms}. */
public record Route(
        String name, String path, RouteTarget target, AccessPolicy accessPolicy, RequestPolicy requestPolicy) {

    /** Null if the gateway itself is the target. */
    public Upstream upstream() {
        return target instanceof UpstreamTarget upstreamTarget ? upstreamTarget.upstream() : null;
    }

    /** The request target for the upstream, given that of the request. */
    public String upstreamUri(String uri) {
        return target instanceof UpstreamTarget upstreamTarget && upstreamTarget.prefixLength() > 0
                ? upstreamTarget.replacement() + uri.substring(upstreamTarget.prefixLength())
                : uri;
    }

    public AllowedMethods methods() {
        return accessPolicy.methods();
    }

    /** The access that a call of this method and exact path requires. */
    public Access access(HttpMethod method, String path) {
        boolean open = !accessPolicy.publicCalls().isEmpty()
                && accessPolicy.publicCalls().contains(new Endpoint(method, path));
        return open ? Access.PUBLIC : accessPolicy.access();
    }

    /** The access that calls require that are not {@linkplain #publicCalls public}. */
    public Access access() {
        return accessPolicy.access();
    }

    public Set<Endpoint> publicCalls() {
        return accessPolicy.publicCalls();
    }

    /** The required role; null for none. */
    public String role() {
        return accessPolicy.role();
    }

    /** The rate limits, in the order of the configuration. */
    public List<RateLimitPolicy> limits() {
        return accessPolicy.limits();
    }

    /** Null if responses of this route are not cached. */
    public CachePolicy cache() {
        return requestPolicy.cache();
    }

    public RouteTimeouts timeouts() {
        return requestPolicy.timeouts();
    }

    /** Whether responses of this route may be compressed. */
    public boolean isCompressed() {
        return requestPolicy.compressed();
    }

    /** The largest request body in bytes. */
    public long maxBody() {
        return requestPolicy.maxBody();
    }

    /**
     * Which requests of a route are admitted.
     *
     * @param publicCalls calls that need no token, whatever the access of the route
     * @param role the required role; null for none
     */
    record AccessPolicy(
            AllowedMethods methods,
            Access access,
            Set<Endpoint> publicCalls,
            String role,
            List<RateLimitPolicy> limits) {}

    /**
     * How an admitted request is handled.
     *
     * @param cache null if responses are not cached
     * @param maxBody the largest request body in bytes
     * @param compressed whether responses may be compressed
     */
    record RequestPolicy(CachePolicy cache, RouteTimeouts timeouts, long maxBody, boolean compressed) {}

    /**
     * The timeouts of a route, in nanoseconds.
     *
     * @param firstByte from the last byte of the request to the response head
     * @param idle between two chunks of the response
     * @param total for the whole exchange, failed attempts included
     */
    public record RouteTimeouts(long firstByte, long idle, long total) {}

    /** Whether a request needs a token. */
    public enum Access {
        /** A valid token. */
        REQUIRED,
        /** No token, but a token that is sent must be valid. The service decides. */
        OPTIONAL,
        /** No token; tokens are ignored. */
        PUBLIC
    }

    /** What handles the requests of a route. */
    public sealed interface RouteTarget {

        /**
         * An upstream, which gets {@code replacement} instead of the first {@code prefixLength} characters of a path.
         */
        record UpstreamTarget(Upstream upstream, int prefixLength, String replacement) implements RouteTarget {}

        /** The gateway itself. */
        record LocalTarget(LocalFeature feature) implements RouteTarget {}
    }

    /** The parts of the gateway that handle local routes. */
    public enum LocalFeature {
        /** Batches of requests. */
        BATCH,
        /** The description of the API. */
        DOCS,
        /** The operations stream. */
        LIVE,
        /** The operations of administrators. */
        OPS
    }

    /** A method and an exact path. */
    public record Endpoint(HttpMethod method, String path) {

        /** Parses the form {@code GET /path}. */
        static Endpoint parse(String text) {
            int space = text.indexOf(' ');
            if (space < 1 || !text.startsWith("/", space + 1)) {
                throw new IllegalArgumentException("\"" + text + "\" is not of the form \"GET /path\"");
            }
            return new Endpoint(AllowedMethods.parse(text.substring(0, space)), text.substring(space + 1));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

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
                long defaultMillis,
                long maxMillis,
                boolean heuristic,
                long whileRevalidateMillis,
                long ifErrorMillis) {}
    }

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
}
