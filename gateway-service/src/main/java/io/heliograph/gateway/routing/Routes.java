package io.heliograph.gateway.routing;

import io.heliograph.gateway.upstream.Origin;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/** The routes in force. A request keeps the route that it was given, whatever comes into force later. */
@Singleton
public final class Routes {

    private final Settings settings;
    private final RequestConfig defaults;
    private final Upstreams upstreams;
    private volatile RouteTable table;
    private volatile Refusal refused;

    public Routes(Settings settings, RequestConfig defaults, Upstreams upstreams) {
        this.settings = settings;
        this.defaults = defaults;
        this.upstreams = upstreams;
        load(settings.read());
    }

    public RouteTable table() {
        return table;
    }

    /** The last change that was wrong; null if none was. */
    public Refusal refused() {
        return refused;
    }

    /** Whether there was a change, which is in force now. One that is wrong is thrown, and changes nothing. Blocks. */
    boolean refresh() {
        try {
            RouteConfig changed = settings.readIfChanged();
            if (changed != null) {
                load(changed);
            }
            return changed != null;
        } catch (WrongConfiguration e) {
            refused = new Refusal(Instant.now(), e.getMessage());
            throw e;
        }
    }

    /** All of it or, if something in it is wrong, nothing. */
    private void load(RouteConfig config) {
        Map<String, Origin> origins = UpstreamReader.read(config.upstreams());
        Map<String, LimitPolicy> policies = LimitReader.read(config.limits());
        Map<String, Upstream> named = upstreams.prepare(origins.keySet());
        RouteTable next = new RouteTable(new RouteReader(defaults, named, policies).read(config.routes()));
        upstreams.serve(named, origins);
        table = next;
    }
}
