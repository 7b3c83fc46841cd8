package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.RouteConfig.RateLimitPolicyConfig;
import io.heliograph.ratelimit.Rate;
import java.util.HashMap;
import java.util.Map;

/** Reads the rate limit policies. */
final class RateLimitPolicyReader {

    private RateLimitPolicyReader() {}

    /** By name. */
    static Map<String, RateLimitPolicy> read(Map<String, RateLimitPolicyConfig> limits) {
        Map<String, RateLimitPolicy> policies = new HashMap<>();
        limits.forEach((name, limit) -> policies.put(name, policy(name, ConfigKey.of("limits", name), limit)));
        return policies;
    }

    private static RateLimitPolicy policy(String name, ConfigKey key, RateLimitPolicyConfig limit) {
        try {
            Rate rate = new Rate(limit.requests(), limit.window().toMillis());
            return new RateLimitPolicy(
                    name,
                    rate,
                    limit.by(),
                    key.at("only-calls").parse(limit.onlyCalls(), Endpoint::parse),
                    limit.shadow());
        } catch (InvalidConfigurationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw key.invalid(e.getMessage());
        }
    }
}
