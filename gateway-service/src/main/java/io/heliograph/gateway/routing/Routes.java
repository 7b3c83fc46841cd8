package io.heliograph.gateway.routing;

import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** The routes in force. An exchange keeps the route that it was given. */
@Singleton
public final class Routes {

    private final ReloadableConfig settings;
    private final RequestConfig defaults;
    private final Upstreams upstreams;
    private volatile RouteTable table;
    private volatile ReloadFailure reloadFailure;

    public Routes(ReloadableConfig settings, RequestConfig defaults, Upstreams upstreams) {
        this.settings = settings;
        this.defaults = defaults;
        this.upstreams = upstreams;
        load(settings.read());
    }

    public RouteTable table() {
        return table;
    }

    /** The last change that was wrong; null if none was. */
    public ReloadFailure reloadFailure() {
        return reloadFailure;
    }

    /** Whether there was a change, which is in force now. One that is wrong is thrown, and changes nothing. Blocks. */
    boolean reload() {
        try {
            RouteConfig changed = settings.readIfChanged();
            if (changed != null) {
                load(changed);
            }
            return changed != null;
        } catch (InvalidConfigurationException e) {
            reloadFailure = new ReloadFailure(Instant.now(), e.getMessage());
            throw e;
        }
    }

    /** All of it or, if something in it is wrong, nothing. */
    private void load(RouteConfig config) {
        Map<String, UpstreamAddresses> origins = UpstreamReader.read(config.upstreams());
        Map<String, RateLimitPolicy> policies = RateLimitPolicyReader.read(config.limits());
        Map<String, Upstream> named = upstreams.prepare(origins.keySet());
        RouteTable next = new RouteTable(new RouteReader(defaults, named, policies).read(config.routes()));
        upstreams.update(named, origins);
        table = next;
    }

    /** A change of the configuration that was rejected. */
    public record ReloadFailure(Instant at, String reason) {}
}
