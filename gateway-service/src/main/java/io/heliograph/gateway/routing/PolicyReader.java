package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.InvalidConfigurationException.ConfigKey;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.heliograph.gateway.routing.Route.CachePolicy.FreshnessTimes;
import io.heliograph.gateway.routing.Route.Endpoint;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.gateway.routing.RouteConfig.RateLimitPolicyConfig;
import io.heliograph.gateway.routing.RouteConfig.RouteCacheConfig;
import io.heliograph.ratelimit.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the policies of routes: caching and rate limits. */
final class PolicyReader {

    private static final int MAX_NAME_LENGTH = 128;

    private PolicyReader() {}

    /** Null if the route is not cached. */
    static CachePolicy readCache(ConfigKey key, RouteCacheConfig config) {
        if (!config.enabled()) {
            return null;
        }
        FreshnessTimes times = new FreshnessTimes(
                millis(key.at("default-freshness"), config.defaultFreshness()),
                millis(key.at("max-freshness"), config.maxFreshness()),
                config.heuristicFreshness(),
                millis(key.at("stale-while-revalidate"), config.staleWhileRevalidate()),
                millis(key.at("stale-if-error"), config.staleIfError()));
        return new CachePolicy(
                times,
                bytes(key.at("max-entry"), config.maxEntry().asLongValue()),
                List.copyOf(key.at("vary-by").parse(config.varyBy(), PolicyReader::name)),
                List.copyOf(key.at("tags").parse(config.tags(), PolicyReader::name)),
                config.excludeHost());
    }

    private static long millis(ConfigKey key, Duration duration) {
        if (duration.isNegative()) {
            throw key.invalid("must not be negative");
        }
        return duration.toMillis();
    }

    private static int bytes(ConfigKey key, long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE / 2) {
            throw key.invalid("must be at most 1 GB");
        }
        return (int) bytes;
    }

    /** Validates the name of a header or a tag; in lower case. */
    private static String name(String text) {
        boolean isName = !text.isEmpty()
                && text.length() <= MAX_NAME_LENGTH
                && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        if (!isName) {
            throw new IllegalArgumentException("\"" + text + "\" is not a name");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** The rate limit policies by name. */
    static Map<String, RateLimitPolicy> readLimits(Map<String, RateLimitPolicyConfig> limits) {
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
