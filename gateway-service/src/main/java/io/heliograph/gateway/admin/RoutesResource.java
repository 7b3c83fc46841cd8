package io.heliograph.gateway.admin;

import io.heliograph.gateway.admin.AdminHandler.AdminResource;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.heliograph.gateway.routing.Route.CachePolicy.FreshnessTimes;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.Route.RouteTarget.LocalTarget;
import io.heliograph.gateway.routing.Route.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.routing.Route.RouteTimeouts;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.routing.Routes.ReloadFailure;
import io.heliograph.gateway.routing.Routes.RouteTable;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** {@code GET /api/ops/routes}: the routes in force, and the upstreams with their instances. */
@Singleton
final class RoutesResource implements AdminResource {

    private final Routes routes;
    private final Upstreams upstreams;

    RoutesResource(Routes routes, Upstreams upstreams) {
        this.routes = routes;
        this.upstreams = upstreams;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(HttpMethod.GET, "/api/ops/routes");
    }

    @Override
    public void handle(Exchange exchange) {
        RouteTable table = routes.table();
        JsonArray described = new JsonArray();
        table.routes().forEach(route -> described.add(RouteDescription.of(route)));
        JsonArray services = new JsonArray();
        upstreams.all().forEach(upstream -> services.add(describe(upstream)));
        JsonObject body = new JsonObject()
                .put("since", table.since())
                .put("reloadFailure", describe(routes.reloadFailure()))
                .put("routes", described)
                .put("upstreams", services);
        exchange.respond(200, "application/json", body.toBuffer());
    }

    private static JsonObject describe(Upstream upstream) {
        JsonArray instances = new JsonArray();
        upstream.instances().forEach(instance -> instances.add(describe(instance)));
        return new JsonObject().put("name", upstream.name()).put("instances", instances);
    }

    private static JsonObject describe(Instance instance) {
        return new JsonObject()
                .put("address", instance.toString())
                .put("breaker", instance.breakerState(System.nanoTime()))
                .put("inUse", instance.inUse());
    }

    private static JsonObject describe(ReloadFailure failure) {
        return failure == null ? null : new JsonObject().put("at", failure.at()).put("reason", failure.reason());
    }

    /** A route as JSON, in the terms of its configuration. */
    static final class RouteDescription {

        private RouteDescription() {}

        static JsonObject of(Route route) {
            JsonObject described = new JsonObject().put("name", route.name()).put("path", route.path());
            if (route.target() instanceof UpstreamTarget upstreamTarget) {
                described.put("upstream", upstreamTarget.upstream().name()).put("timeouts", timeouts(route.timeouts()));
                if (upstreamTarget.prefixLength() > 0) {
                    described.put("rewrite", upstreamTarget.replacement());
                }
            } else if (route.target() instanceof LocalTarget local) {
                described.put("local", word(local.feature()));
            }
            JsonArray limits = new JsonArray();
            route.limits().forEach(limit -> limits.add(limit(limit)));
            JsonArray open = new JsonArray();
            route.publicCalls().forEach(endpoint -> open.add(endpoint.toString()));
            return described
                    .put("methods", route.methods().toString())
                    .put("access", word(route.access()))
                    .put("role", route.role())
                    .put("publicCalls", open)
                    .put("limits", limits)
                    .put("cache", cache(route.cache()))
                    .put("maxBody", route.maxBody());
        }

        private static JsonObject limit(RateLimitPolicy limit) {
            JsonArray calls = new JsonArray();
            limit.onlyCalls().forEach(endpoint -> calls.add(endpoint.toString()));
            return new JsonObject()
                    .put("name", limit.name())
                    .put("requests", limit.rate().requests())
                    .put("window", millis(limit.rate().windowMillis()))
                    .put("by", word(limit.keyType()))
                    .put("onlyCalls", calls)
                    .put("shadow", limit.shadow());
        }

        private static JsonObject cache(CachePolicy cache) {
            if (cache == null) {
                return null;
            }
            FreshnessTimes times = cache.times();
            return new JsonObject()
                    .put("defaultFreshness", millis(times.defaultMillis()))
                    .put("maxFreshness", millis(times.maxMillis()))
                    .put("heuristicFreshness", times.heuristic())
                    .put("staleWhileRevalidate", millis(times.whileRevalidateMillis()))
                    .put("staleIfError", millis(times.ifErrorMillis()))
                    .put("maxEntryBytes", cache.maxEntryBytes())
                    .put("varyBy", new JsonArray(cache.varyBy()))
                    .put("tags", new JsonArray(cache.tags()))
                    .put("excludeHost", cache.excludeHost());
        }

        private static String millis(long millis) {
            return Duration.ofMillis(millis).toString();
        }

        private static JsonObject timeouts(RouteTimeouts timeouts) {
            return new JsonObject()
                    .put("firstByte", Duration.ofNanos(timeouts.firstByte()).toString())
                    .put("idle", Duration.ofNanos(timeouts.idle()).toString())
                    .put("total", Duration.ofNanos(timeouts.total()).toString());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
