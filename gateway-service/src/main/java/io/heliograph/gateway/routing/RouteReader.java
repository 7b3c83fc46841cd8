package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.ResourceConfig;
import io.heliograph.gateway.routing.RouteConfig.TimeoutConfig;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes routes of a configuration, or says which key of it is wrong. */
final class RouteReader {

    private final RequestConfig defaults;
    private final Map<String, Upstream> upstreams;
    private final Map<String, LimitPolicy> policies;
    private final Map<String, Route> byPath = new LinkedHashMap<>();

    /** @param defaults what holds where a route says nothing */
    RouteReader(RequestConfig defaults, Map<String, Upstream> upstreams, Map<String, LimitPolicy> policies) {
        this.defaults = defaults;
        this.upstreams = upstreams;
        this.policies = policies;
    }

    List<Route> read(Map<String, ResourceConfig> routes) {
        routes.forEach((name, config) -> {
            if (config.enabled()) {
                add(Key.of("routes", name), route(name, Key.of("routes", name), config));
            }
        });
        return List.copyOf(byPath.values());
    }

    private void add(Key key, Route route) {
        Route other = byPath.putIfAbsent(route.path(), route);
        if (other != null) {
            throw key.wrong("the path " + route.path() + " is that of the route \"" + other.name() + "\" already");
        }
    }

    private Route route(String name, Key key, ResourceConfig config) {
        String path = config.path().orElse(RouteTable.API + "/" + name);
        checkPath(config.path().isPresent() ? key.at("path") : key, path);
        Target target = target(key, path, config);
        return new Route(name, path, target, terms(key, path, config), handling(key, config));
    }

    private static void checkPath(Key key, String path) {
        if (!RequestPath.isPlain(path)) {
            throw key.wrong("\"" + path + "\" is no path that a request can have");
        }
        if (path.equals(RouteTable.API)) {
            throw key.wrong("\"" + path + "\" is all of the API, and names no resource of it");
        }
    }

    private Target target(Key key, String path, ResourceConfig config) {
        if (config.local().isPresent() == config.upstream().isPresent()) {
            throw key.wrong("needs either an upstream or a local target");
        }
        if (config.local().isPresent()) {
            if (config.rewrite().isPresent()) {
                throw key.at("rewrite").wrong("is for upstreams only");
            }
            return new Target.Here(config.local().get());
        }
        Upstream upstream = upstreams.get(config.upstream().get());
        if (upstream == null) {
            throw key.at("upstream")
                    .wrong("there is no upstream \"" + config.upstream().get() + "\"");
        }
        String rewrite = config.rewrite().orElse(path);
        if (!RequestPath.isPlain(rewrite)) {
            throw key.at("rewrite").wrong("\"" + rewrite + "\" is no path that a request can have");
        }
        return new Target.Remote(upstream, rewrite.equals(path) ? 0 : path.length(), rewrite);
    }

    private Terms terms(Key key, String path, ResourceConfig config) {
        Set<HttpMethod> methods = key.at("methods").parse(config.methods(), Methods::parse);
        Set<LimitPolicy> limits = key.at("limits").parse(config.limits(), this::policy);
        Set<Call> open = key.at("public-calls").parse(config.publicCalls(), text -> call(text, path));
        for (LimitPolicy limit : limits) {
            if (!limit.onlyCalls().isEmpty() && limit.onlyCalls().stream().noneMatch(call -> isUnder(call, path))) {
                throw key.at("limits").wrong("\"" + limit.name() + "\" counts no call of this route");
            }
        }
        if (config.role().isPresent() && config.access() != Access.REQUIRED) {
            throw key.at("role").wrong("needs access=required: nobody has a role without a token");
        }
        return new Terms(
                methods.isEmpty() ? Methods.ALL : Methods.of(methods),
                config.access(),
                Set.copyOf(open),
                config.role().orElse(null),
                List.copyOf(limits));
    }

    private LimitPolicy policy(String name) {
        LimitPolicy policy = policies.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("there is no limit \"" + name + "\"");
        }
        return policy;
    }

    private static Call call(String text, String path) {
        Call call = Call.parse(text);
        if (!isUnder(call, path)) {
            throw new IllegalArgumentException("\"" + text + "\" is no call of " + path);
        }
        return call;
    }

    private static boolean isUnder(Call call, String path) {
        return call.path().equals(path) || call.path().startsWith(path + "/");
    }

    private Handling handling(Key key, ResourceConfig config) {
        if (config.cache().enabled() && config.local().isPresent()) {
            throw key.at("cache.enabled").wrong("is for upstreams only");
        }
        return new Handling(
                CacheReader.read(key.at("cache"), config.cache()),
                timeouts(key.at("timeouts"), config.timeouts()),
                config.maxBody().orElse(defaults.maxBody()).asLongValue());
    }

    private Timeouts timeouts(Key key, TimeoutConfig timeouts) {
        return new Timeouts(
                nanos(key.at("first-byte"), timeouts.firstByte(), defaults.readTimeout()),
                nanos(key.at("idle"), timeouts.idle(), defaults.readTimeout()),
                nanos(key.at("total"), timeouts.total(), defaults.totalTimeout()));
    }

    private static long nanos(Key key, Optional<Duration> given, Duration otherwise) {
        Duration timeout = given.orElse(otherwise);
        if (timeout.isNegative() || timeout.isZero()) {
            throw key.wrong("a timeout is longer than nothing");
        }
        return timeout.toNanos();
    }
}
