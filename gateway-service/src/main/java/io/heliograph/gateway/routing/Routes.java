package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.RouteReader.UpstreamReader;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The current routes. An exchange keeps its route when they change. */
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

    /** The last invalid change of the configuration; null if there was none. */
    public ReloadFailure reloadFailure() {
        return reloadFailure;
    }

    /**
     * Applies a change of the configuration; returns whether there was one. An invalid change is thrown and changes
     * nothing. Blocks.
     */
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

    /** Applies the whole configuration or, if it is invalid, nothing. */
    private void load(RouteConfig config) {
        Map<String, UpstreamAddresses> origins = UpstreamReader.read(config.upstreams());
        Map<String, RateLimitPolicy> policies = PolicyReader.readLimits(config.limits());
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
         * A route whose path is a resource, such as {@code /api/rooms}, matches all paths below it; any other route
         * matches its exact path only, and takes precedence over a resource.
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

        /** Whether a path is routed by the gateway, even if there is no such route; other paths may be pages. */
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

        /** When the table was created, shortly before it was applied. */
        public Instant since() {
            return since;
        }

        /** The routes in the order of the configuration. */
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
