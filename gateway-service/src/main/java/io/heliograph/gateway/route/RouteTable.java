package io.heliograph.gateway.route;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The routes of one configuration. Never changes: another configuration has another table. */
public final class RouteTable {

    static final String API = "/api";

    private final Instant since = Instant.now();
    private final List<Route> routes;
    private final Map<String, Route> byResource = new HashMap<>();
    private final Map<String, Route> byPath = new HashMap<>();

    /** A route is found by its whole path, or by its resource if that is what its path consists of. */
    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            String path = route.path();
            if (isApi(path)) {
                byResource.put(path.substring(API.length() + 1), route);
            } else {
                byPath.put(path, route);
            }
        }
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

    static boolean isApi(String path) {
        return path.startsWith(API) && (path.length() == API.length() || path.charAt(API.length()) == '/');
    }
}
