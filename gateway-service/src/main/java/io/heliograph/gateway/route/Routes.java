package io.heliograph.gateway.route;

import io.heliograph.gateway.upstream.Origin;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import jakarta.inject.Singleton;
import java.util.Map;

/** The routes in force. A request keeps the route that it was given, whatever comes into force later. */
@Singleton
public final class Routes {

    private final RequestConfig defaults;
    private final Upstreams upstreams;
    private volatile RouteTable table;

    public Routes(RouteConfig config, RequestConfig defaults, Upstreams upstreams) {
        this.defaults = defaults;
        this.upstreams = upstreams;
        load(config);
    }

    public RouteTable table() {
        return table;
    }

    /** Brings a configuration into force, all of it or, if something in it is wrong, none. */
    void load(RouteConfig config) {
        Map<String, Origin> origins = UpstreamReader.read(config.upstreams());
        Map<String, LimitPolicy> policies = LimitReader.read(config.limits());
        Map<String, Upstream> named = upstreams.prepare(origins.keySet());
        RouteTable next = new RouteTable(new RouteReader(defaults, named, policies).read(config.routes()));
        upstreams.serve(named, origins);
        table = next;
    }
}
