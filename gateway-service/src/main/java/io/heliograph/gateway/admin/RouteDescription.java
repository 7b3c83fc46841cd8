package io.heliograph.gateway.admin;

import io.heliograph.gateway.routing.CachePolicy;
import io.heliograph.gateway.routing.CachePolicy.FreshnessTimes;
import io.heliograph.gateway.routing.RateLimitPolicy;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.RouteTarget.LocalTarget;
import io.heliograph.gateway.routing.RouteTarget.UpstreamTarget;
import io.heliograph.gateway.routing.RouteTimeouts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;

/** A route in JSON, in the words of its configuration. */
final class RouteDescription {

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
