package io.heliograph.gateway.admin;

import io.heliograph.gateway.routing.CachePolicy;
import io.heliograph.gateway.routing.CachePolicy.Times;
import io.heliograph.gateway.routing.LimitPolicy;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Target.Here;
import io.heliograph.gateway.routing.Target.Remote;
import io.heliograph.gateway.routing.Timeouts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;

/** A route in JSON, in the words of its configuration. */
final class RouteDescription {

    private RouteDescription() {}

    static JsonObject of(Route route) {
        JsonObject described = new JsonObject().put("name", route.name()).put("path", route.path());
        if (route.target() instanceof Remote remote) {
            described.put("upstream", remote.upstream().name()).put("timeouts", timeouts(route.timeouts()));
            if (remote.cut() > 0) {
                described.put("rewrite", remote.put());
            }
        } else if (route.target() instanceof Here here) {
            described.put("local", word(here.local()));
        }
        JsonArray limits = new JsonArray();
        route.limits().forEach(limit -> limits.add(limit(limit)));
        JsonArray open = new JsonArray();
        route.publicCalls().forEach(call -> open.add(call.toString()));
        return described
                .put("methods", route.methods().toString())
                .put("access", word(route.access()))
                .put("role", route.role())
                .put("publicCalls", open)
                .put("limits", limits)
                .put("cache", cache(route.cache()))
                .put("maxBody", route.maxBody());
    }

    private static JsonObject limit(LimitPolicy limit) {
        JsonArray calls = new JsonArray();
        limit.onlyCalls().forEach(call -> calls.add(call.toString()));
        return new JsonObject()
                .put("name", limit.name())
                .put("requests", limit.rate().requests())
                .put("window", millis(limit.rate().windowMillis()))
                .put("by", word(limit.by()))
                .put("onlyCalls", calls)
                .put("shadow", limit.shadow());
    }

    private static JsonObject cache(CachePolicy cache) {
        if (cache == null) {
            return null;
        }
        Times times = cache.times();
        return new JsonObject()
                .put("fresh", millis(times.freshMillis()))
                .put("maxFresh", millis(times.maxFreshMillis()))
                .put("guessed", times.guessed())
                .put("whileRevalidate", millis(times.whileRevalidateMillis()))
                .put("ifError", millis(times.ifErrorMillis()))
                .put("maxEntryBytes", cache.maxEntryBytes())
                .put("varyBy", new JsonArray(cache.varyBy()))
                .put("tags", new JsonArray(cache.tags()))
                .put("excludeHost", cache.excludeHost());
    }

    private static String millis(long millis) {
        return Duration.ofMillis(millis).toString();
    }

    private static JsonObject timeouts(Timeouts timeouts) {
        return new JsonObject()
                .put("firstByte", Duration.ofNanos(timeouts.firstByte()).toString())
                .put("idle", Duration.ofNanos(timeouts.idle()).toString())
                .put("total", Duration.ofNanos(timeouts.total()).toString());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
