package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Target.Remote;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

/** What happens to the calls of one resource. {@code path} is their common beginning, such as {@code /api/rooms}. */
public record Route(String name, String path, Target target, Terms terms, Handling handling) {

    /** Null if the gateway itself is the target. */
    public Upstream upstream() {
        return target instanceof Remote remote ? remote.upstream() : null;
    }

    /** What a service is asked for when this route is asked for {@code uri}. */
    public String forwarded(String uri) {
        return target instanceof Remote remote && remote.cut() > 0 ? remote.put() + uri.substring(remote.cut()) : uri;
    }

    public Methods methods() {
        return terms.methods();
    }

    /** What a call of this method and exact path must show. */
    public Access access(HttpMethod method, String path) {
        boolean open = !terms.publicCalls().isEmpty() && terms.publicCalls().contains(new Call(method, path));
        return open ? Access.OPEN : terms.access();
    }

    /** What a call must show that is not {@linkplain #publicCalls public}. */
    public Access access() {
        return terms.access();
    }

    public Set<Call> publicCalls() {
        return terms.publicCalls();
    }

    /** What a caller must be; null if every caller is welcome. */
    public String role() {
        return terms.role();
    }

    /** In the order of the configuration; mostly empty or few. */
    public List<LimitPolicy> limits() {
        return terms.limits();
    }

    /** Null if answers of this route are not cached. */
    public CachePolicy cache() {
        return handling.cache();
    }

    public Timeouts timeouts() {
        return handling.timeouts();
    }

    /** Of a request, in bytes. */
    public long maxBody() {
        return handling.maxBody();
    }
}
