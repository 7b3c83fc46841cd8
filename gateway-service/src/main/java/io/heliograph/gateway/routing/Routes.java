package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RateLimitPolicy.RateLimitPolicyReader;
import io.heliograph.gateway.routing.RouteReader.UpstreamReader;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

    /** The routes of one configuration. Immutable. */
    public static final class RouteTable {

        static final String API = "/api";

        private final Instant since = Instant.now();
        private final List<Route> routes;
        private final Map<String, Route> byResource = new HashMap<>();
        private final Map<String, Route> byPath = new HashMap<>();
        private final boolean hasCalls;

        /**
         * A route is found by its resource if that is what its path consists of, which covers all below it, else by its whole
         * path and nothing below it. Where a path is that of a call of a resource, the call goes before the resource.
         */
        RouteTable(List<Route> routes) {
            this.routes = List.copyOf(routes);
            for (Route route : routes) {
                String path = route.path();
                if (isResource(path)) {
                    byResource.put(path.substring(API.length() + 1), route);
                } else {
                    byPath.put(path, route);
                }
            }
            this.hasCalls = byPath.keySet().stream().anyMatch(RouteTable::isApi);
        }

        /** Whether a path is the gateway's to route, be there a route or not; what is not may be a page. */
        public boolean covers(String path) {
            return isApi(path) || byPath.containsKey(path);
        }

        /** The route of a path that is {@linkplain #covers covered}; null if there is none. */
        public Route find(String path) {
            int start = API.length() + 1;
            if (!path.startsWith(API) || path.length() <= start) {
                return byPath.get(path);
            }
            Route call = hasCalls ? byPath.get(path) : null;
            if (call != null) {
                return call;
            }
            int end = path.indexOf('/', start);
            return byResource.get(end < 0 ? path.substring(start) : path.substring(start, end));
        }

        /** When it was made, which is a moment before it came into force. */
        public Instant since() {
            return since;
        }

        /** In the order of the configuration. */
        public List<Route> routes() {
            return routes;
        }

        private static boolean isResource(String path) {
            return isApi(path) && path.indexOf('/', API.length() + 1) < 0;
        }

        static boolean isApi(String path) {
            return path.startsWith(API) && (path.length() == API.length() || path.charAt(API.length()) == '/');
        }
    }
}
