package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

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
}
