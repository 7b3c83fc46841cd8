package io.heliograph.gateway.route;

import io.heliograph.gateway.route.Route.PublicCall;
import io.heliograph.gateway.route.RouteConfig.ResourceConfig;
import io.heliograph.gateway.upstream.Connections;
import io.heliograph.gateway.upstream.Upstream;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the route of a path by its first segment. A wrong configuration stops the start, naming the key. */
@Singleton
public final class RouteTable {

    private static final String API = "/api";

    private final Map<String, Route> byResource = new HashMap<>();
    private final Map<String, Route> byPath = new HashMap<>();

    public RouteTable(RouteConfig config, Connections connections) {
        Map<String, List<URI>> urls = config.upstreams().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> check(entry.getKey(), entry.getValue().urls())));
        Map<String, Upstream> upstreams = connections.open(urls);
        config.routes().forEach((name, route) -> add(name, route, upstreams));
    }

    /** Whether a path is the gateway's to route, be there a route or not; what is not may be a page. */
    public boolean covers(String path) {
        boolean api = path.startsWith(API) && (path.length() == API.length() || path.charAt(API.length()) == '/');
        return api || byPath.containsKey(path);
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

    private void add(String name, ResourceConfig config, Map<String, Upstream> upstreams) {
        Upstream upstream = upstreams.get(config.upstream());
        if (upstream == null) {
            throw wrong("routes." + name + ".upstream", "there is no upstream \"" + config.upstream() + "\"");
        }
        String path = config.path().orElse(API + "/" + name);
        Route route = new Route(path, upstream, config.access(), publicCalls(name, config));
        if (config.path().isPresent()) {
            byPath.put(path, route);
        } else {
            byResource.put(name, route);
        }
    }

    private static Set<PublicCall> publicCalls(String name, ResourceConfig config) {
        try {
            return config.publicCalls().stream()
                    .flatMap(Collection::stream)
                    .map(PublicCall::parse)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw wrong("routes." + name + ".public-calls", e.getMessage());
        }
    }

    private static List<URI> check(String name, List<URI> urls) {
        for (URI url : urls) {
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null || !(url.getPath().isEmpty() || "/".equals(url.getPath()))) {
                throw wrong("upstreams." + name + ".urls", "\"" + url + "\" is not of the form http://host:port");
            }
        }
        return urls;
    }

    private static IllegalArgumentException wrong(String key, String reason) {
        return new IllegalArgumentException("heliograph.gateway." + key + ": " + reason);
    }
}
