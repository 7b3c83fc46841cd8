package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.InvalidConfigurationException.ConfigKey;
import io.heliograph.gateway.routing.Route.Access;
import io.heliograph.gateway.routing.Route.AccessPolicy;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.Route.RequestPolicy;
import io.heliograph.gateway.routing.Route.RouteTarget;
import io.heliograph.gateway.routing.Route.RouteTimeouts;
import io.heliograph.gateway.routing.RouteConfig.ResourceConfig;
import io.heliograph.gateway.routing.RouteConfig.RouteTimeoutConfig;
import io.heliograph.gateway.routing.RouteConfig.UpstreamConfig;
import io.heliograph.gateway.routing.Routes.RouteTable;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the routes, or reports the key that is wrong. */
final class RouteReader {

    private final RequestConfig defaults;
    private final Map<String, Upstream> upstreams;
    private final Map<String, RateLimitPolicy> policies;
    private final Map<String, Route> byPath = new LinkedHashMap<>();

    /** @param defaults the defaults of routes */
    RouteReader(RequestConfig defaults, Map<String, Upstream> upstreams, Map<String, RateLimitPolicy> policies) {
        this.defaults = defaults;
        this.upstreams = upstreams;
        this.policies = policies;
    }

    List<Route> read(Map<String, ResourceConfig> routes) {
        routes.forEach((name, config) -> {
            if (config.enabled()) {
                add(ConfigKey.of("routes", name), route(name, ConfigKey.of("routes", name), config));
            }
        });
        return List.copyOf(byPath.values());
    }

    private void add(ConfigKey key, Route route) {
        Route other = byPath.putIfAbsent(route.path(), route);
        if (other != null) {
            throw key.invalid("the path " + route.path() + " is that of the route \"" + other.name() + "\" already");
        }
    }

    private Route route(String name, ConfigKey key, ResourceConfig config) {
        String path = config.path().orElse(RouteTable.API + "/" + name);
        checkPath(config.path().isPresent() ? key.at("path") : key, path);
        RouteTarget target = target(key, path, config);
        return new Route(name, path, target, accessPolicy(key, path, config), requestPolicy(key, config));
    }

    private static void checkPath(ConfigKey key, String path) {
        if (!RequestPath.isPlain(path)) {
            throw key.invalid("\"" + path + "\" is not a valid path");
        }
        if (path.equals(RouteTable.API)) {
            throw key.invalid("\"" + path + "\" names no resource of the API");
        }
    }

    private RouteTarget target(ConfigKey key, String path, ResourceConfig config) {
        if (config.local().isPresent() == config.upstream().isPresent()) {
            throw key.invalid("needs either an upstream or a local target");
        }
        if (config.local().isPresent()) {
            if (config.rewrite().isPresent()) {
                throw key.at("rewrite").invalid("is for upstreams only");
            }
            return new RouteTarget.LocalTarget(config.local().get());
        }
        Upstream upstream = upstreams.get(config.upstream().get());
        if (upstream == null) {
            throw key.at("upstream")
                    .invalid("there is no upstream \"" + config.upstream().get() + "\"");
        }
        String rewrite = config.rewrite().orElse(path);
        if (!RequestPath.isPlain(rewrite)) {
            throw key.at("rewrite").invalid("\"" + rewrite + "\" is not a valid path");
        }
        return new RouteTarget.UpstreamTarget(upstream, rewrite.equals(path) ? 0 : path.length(), rewrite);
    }

    private AccessPolicy accessPolicy(ConfigKey key, String path, ResourceConfig config) {
        Set<HttpMethod> methods = key.at("methods").parse(config.methods(), AllowedMethods::parse);
        Set<RateLimitPolicy> limits = key.at("limits").parse(config.limits(), this::policy);
        Set<Endpoint> open = key.at("public-calls").parse(config.publicCalls(), text -> endpoint(text, path));
        for (RateLimitPolicy limit : limits) {
            if (!limit.onlyCalls().isEmpty()
                    && limit.onlyCalls().stream().noneMatch(endpoint -> isUnder(endpoint, path))) {
                throw key.at("limits").invalid("\"" + limit.name() + "\" counts no call of this route");
            }
        }
        if (config.role().isPresent() && config.access() != Access.REQUIRED) {
            throw key.at("role").invalid("needs access=required: nobody has a role without a token");
        }
        return new AccessPolicy(
                methods.isEmpty() ? AllowedMethods.ALL : AllowedMethods.of(methods),
                config.access(),
                Set.copyOf(open),
                config.role().orElse(null),
                List.copyOf(limits));
    }

    private RateLimitPolicy policy(String name) {
        RateLimitPolicy policy = policies.get(name);
        if (policy == null) {
            throw new IllegalArgumentException("there is no limit \"" + name + "\"");
        }
        return policy;
    }

    private static Endpoint endpoint(String text, String path) {
        Endpoint endpoint = Endpoint.parse(text);
        if (!isUnder(endpoint, path)) {
            throw new IllegalArgumentException("\"" + text + "\" is no call of " + path);
        }
        return endpoint;
    }

    private static boolean isUnder(Endpoint endpoint, String path) {
        return endpoint.path().equals(path) || endpoint.path().startsWith(path + "/");
    }

    private RequestPolicy requestPolicy(ConfigKey key, ResourceConfig config) {
        if (config.cache().enabled() && config.local().isPresent()) {
            throw key.at("cache.enabled").invalid("is for upstreams only");
        }
        return new RequestPolicy(
                PolicyReader.readCache(key.at("cache"), config.cache()),
                timeouts(key.at("timeouts"), config.timeouts()),
                config.maxBody().orElse(defaults.maxBody()).asLongValue(),
                config.compression());
    }

    private RouteTimeouts timeouts(ConfigKey key, RouteTimeoutConfig timeouts) {
        return new RouteTimeouts(
                nanos(key.at("first-byte"), timeouts.firstByte(), defaults.readTimeout()),
                nanos(key.at("idle"), timeouts.idle(), defaults.readTimeout()),
                nanos(key.at("total"), timeouts.total(), defaults.totalTimeout()));
    }

    private static long nanos(ConfigKey key, Optional<Duration> given, Duration otherwise) {
        Duration timeout = given.orElse(otherwise);
        if (timeout.isNegative() || timeout.isZero()) {
            throw key.invalid("must be positive");
        }
        return timeout.toNanos();
    }

    /** Reads the addresses of upstreams. */
    static final class UpstreamReader {

        private static final int LARGEST_PORT = 65_535;

        private UpstreamReader() {}

        /** The addresses by name, in the order of the configuration. */
        static Map<String, UpstreamAddresses> read(Map<String, UpstreamConfig> upstreams) {
            Map<String, UpstreamAddresses> origins = new LinkedHashMap<>();
            upstreams.forEach((name, upstream) -> origins.put(name, origin(ConfigKey.of("upstreams", name), upstream)));
            return origins;
        }

        private static UpstreamAddresses origin(ConfigKey key, UpstreamConfig upstream) {
            boolean found = upstream.dns().isPresent();
            if (upstream.urls().isPresent() == found) {
                throw key.invalid("needs either urls or dns");
            }
            Optional<List<String>> given = found ? upstream.dns().map(List::of) : upstream.urls();
            Set<URI> urls = key.at(found ? "dns" : "urls").parse(given, UpstreamReader::url);
            return new UpstreamAddresses(List.copyOf(urls), found);
        }

        private static URI url(String text) {
            try {
                URI url = new URI(text);
                // Other parts of a URL would be ignored, so they are rejected.
                URI plain = new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
                boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                boolean root = url.getPath().isEmpty() || "/".equals(url.getPath());
                if (http && root && url.getHost() != null && url.getPort() <= LARGEST_PORT && url.equals(plain)) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // Reported below.
            }
            // Without the text, which may contain a password.
            throw new IllegalArgumentException(
                    "an address is of the form http://host:port, without path, query or user");
        }
    }
}
