package io.heliograph.gateway.route;

import io.heliograph.gateway.route.RouteConfig.CacheConfig;
import io.heliograph.gateway.route.RouteConfig.LimitConfig;
import io.heliograph.gateway.route.RouteConfig.ResourceConfig;
import io.heliograph.gateway.route.RouteConfig.TimeoutConfig;
import io.heliograph.gateway.upstream.Connections;
import io.heliograph.gateway.upstream.Upstream;
import io.quarkus.runtime.configuration.MemorySize;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes routes of a configuration, or says which key of it is wrong. */
final class RouteReader {

    private final RouteConfig config;
    private final RequestConfig defaults;
    private final Connections connections;
    private final Map<String, LimitPolicy> policies = new HashMap<>();

    RouteReader(RouteConfig config, RequestConfig defaults, Connections connections) {
        this.config = config;
        this.defaults = defaults;
        this.connections = connections;
    }

    RouteTable read() {
        Map<String, List<URI>> urls = new LinkedHashMap<>();
        config.upstreams().forEach((name, upstream) -> urls.put(name, check(name, upstream.urls())));
        config.limits().forEach((name, limit) -> policies.put(name, policy(name, limit)));
        Map<String, Upstream> upstreams = connections.open(urls);
        List<Route> routes = new ArrayList<>();
        config.routes().forEach((name, route) -> routes.add(route(name, route, upstreams)));
        return new RouteTable(routes);
    }

    private Route route(String name, ResourceConfig route, Map<String, Upstream> upstreams) {
        String path = route.path().orElse(RouteTable.API + "/" + name);
        return new Route(name, path, target(name, path, route, upstreams), terms(name, route), handling(route));
    }

    private Target target(String name, String path, ResourceConfig route, Map<String, Upstream> upstreams) {
        if (route.local().isPresent() == route.upstream().isPresent()) {
            throw new WrongConfiguration("routes." + name, "needs either an upstream or a local target");
        }
        if (route.local().isPresent()) {
            return new Target.Here(route.local().get());
        }
        Upstream upstream = upstreams.get(route.upstream().get());
        if (upstream == null) {
            throw new WrongConfiguration(
                    "routes." + name + ".upstream",
                    "there is no upstream \"" + route.upstream().get() + "\"");
        }
        String rewrite = route.rewrite().orElse(path);
        return new Target.Remote(upstream, rewrite.equals(path) ? 0 : path.length(), rewrite);
    }

    private Terms terms(String name, ResourceConfig route) {
        Methods methods = route.methods()
                .map(names -> Methods.of(parse("routes." + name + ".methods", names, Methods::parse)))
                .orElse(Methods.ALL);
        return new Terms(
                methods,
                route.access(),
                parse("routes." + name + ".public-calls", route.publicCalls().orElse(List.of()), Call::parse),
                route.role().orElse(null),
                List.copyOf(parse("routes." + name + ".limits", route.limits().orElse(List.of()), this::policy)));
    }

    private LimitPolicy policy(String name) {
        LimitPolicy policy = policies.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("there is no limit \"" + name + "\"");
        }
        return policy;
    }

    private static LimitPolicy policy(String name, LimitConfig limit) {
        Set<Call> calls =
                parse("limits." + name + ".only-calls", limit.onlyCalls().orElse(List.of()), Call::parse);
        try {
            LimitPolicy.Rate rate =
                    new LimitPolicy.Rate(limit.requests(), limit.window().toMillis());
            return new LimitPolicy(name, rate, limit.by(), calls, limit.shadow());
        } catch (IllegalArgumentException e) {
            throw new WrongConfiguration("limits." + name, e.getMessage());
        }
    }

    private Handling handling(ResourceConfig route) {
        return new Handling(
                cache(route.cache()),
                timeouts(route.timeouts()),
                route.maxBody()
                        .map(MemorySize::asLongValue)
                        .orElse(defaults.maxBody().asLongValue()));
    }

    private static CachePolicy cache(CacheConfig cache) {
        return cache.enabled() ? new CachePolicy(cache.fresh().toMillis()) : null;
    }

    private Timeouts timeouts(TimeoutConfig timeouts) {
        return new Timeouts(
                nanos(timeouts.firstByte(), defaults.readTimeout()),
                nanos(timeouts.idle(), defaults.readTimeout()),
                nanos(timeouts.total(), defaults.totalTimeout()));
    }

    private static long nanos(Optional<Duration> given, Duration otherwise) {
        return given.orElse(otherwise).toNanos();
    }

    private static <T> Set<T> parse(String key, List<String> texts, Function<String, T> parser) {
        try {
            Set<T> values = new LinkedHashSet<>();
            texts.forEach(text -> values.add(parser.apply(text)));
            return values;
        } catch (IllegalArgumentException e) {
            throw new WrongConfiguration(key, e.getMessage());
        }
    }

    private static List<URI> check(String name, List<URI> urls) {
        for (URI url : urls) {
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null || !(url.getPath().isEmpty() || "/".equals(url.getPath()))) {
                throw new WrongConfiguration(
                        "upstreams." + name + ".urls", "\"" + url + "\" is not of the form http://host:port");
            }
        }
        return urls;
    }
}
