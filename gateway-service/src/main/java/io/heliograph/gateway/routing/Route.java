package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

/** What happens to the calls of one resource. {@code path} is their common beginning, such as {@code /api/rooms}. */
public record Route(
        String name, String path, RouteTarget target, AccessPolicy accessPolicy, RequestPolicy requestPolicy) {

    /** Null if the gateway itself is the target. */
    public Upstream upstream() {
        return target instanceof UpstreamTarget upstreamTarget ? upstreamTarget.upstream() : null;
    }

    /** What a service is asked for when this route is asked for {@code uri}. */
    public String upstreamUri(String uri) {
        return target instanceof UpstreamTarget upstreamTarget && upstreamTarget.prefixLength() > 0
                ? upstreamTarget.replacement() + uri.substring(upstreamTarget.prefixLength())
                : uri;
    }

    public AllowedMethods methods() {
        return accessPolicy.methods();
    }

    /** What a call of this method and exact path must show. */
    public Access access(HttpMethod method, String path) {
        boolean open = !accessPolicy.publicCalls().isEmpty()
                && accessPolicy.publicCalls().contains(new Endpoint(method, path));
        return open ? Access.PUBLIC : accessPolicy.access();
    }

    /** What a call must show that is not {@linkplain #publicCalls public}. */
    public Access access() {
        return accessPolicy.access();
    }

    public Set<Endpoint> publicCalls() {
        return accessPolicy.publicCalls();
    }

    /** What a caller must be; null if every caller is welcome. */
    public String role() {
        return accessPolicy.role();
    }

    /** In the order of the configuration; mostly empty or few. */
    public List<RateLimitPolicy> limits() {
        return accessPolicy.limits();
    }

    /** Null if answers of this route are not cached. */
    public CachePolicy cache() {
        return requestPolicy.cache();
    }

    public RouteTimeouts timeouts() {
        return requestPolicy.timeouts();
    }

    /** Of a request, in bytes. */
    public long maxBody() {
        return requestPolicy.maxBody();
    }
}
