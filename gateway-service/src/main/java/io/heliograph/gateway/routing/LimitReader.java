package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.LimitConfig;
import io.heliograph.ratelimit.Rate;
import java.util.HashMap;
import java.util.Map;

/** Reads the limit policies. */
final class LimitReader {

    private LimitReader() {}

    /** By name. */
    static Map<String, LimitPolicy> read(Map<String, LimitConfig> limits) {
        Map<String, LimitPolicy> policies = new HashMap<>();
        limits.forEach((name, limit) -> policies.put(name, policy(name, Key.of("limits", name), limit)));
        return policies;
    }

    private static LimitPolicy policy(String name, Key key, LimitConfig limit) {
        try {
            Rate rate = new Rate(limit.requests(), limit.window().toMillis());
            return new LimitPolicy(
                    name, rate, limit.by(), key.at("only-calls").parse(limit.onlyCalls(), Call::parse), limit.shadow());
        } catch (WrongConfiguration e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw key.wrong(e.getMessage());
        }
    }
}
