package io.heliograph.gateway.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.routing.ReloadableConfig.EnvironmentNames;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentNamesTest {

    private static final String PREFIX = "heliograph.gateway.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routes.users.upstream                | routes.users.upstream",
                "routes.users.max.body                | routes.users.max-body",
                "routes.user.feed.upstream            | routes.user-feed.upstream",
                "routes.user.feed.max.body            | routes.user-feed.max-body",
                "routes.\"user.feed\".max.body        | routes.user-feed.max-body",
                "routes.user-feed.max-body            | routes.user-feed.max-body",
                "routes.a.b.c.cache.max.entry         | routes.a-b-c.cache.max-entry",
                "routes.a.cache.cache.enabled         | routes.a-cache.cache.enabled",
                "upstreams.user.feed.urls             | upstreams.user-feed.urls",
                "limits.per.day.only.calls            | limits.per-day.only-calls",
                "routes.users.nonsense                | routes.users.nonsense",
                "routes.upstream                      | routes.upstream",
            })
    void shouldMapAnEnvironmentNameToItsKey(String name, String key) {
        assertEquals(PREFIX + key, EnvironmentNames.key(PREFIX, PREFIX + name));
    }

    @Test
    void shouldListAllSettings() {
        assertEquals(
                sorted(settings(RouteConfig.ResourceConfig.class, "")),
                sorted(EnvironmentNames.SETTINGS.get("routes")));
        assertEquals(
                sorted(settings(RouteConfig.UpstreamConfig.class, "")),
                sorted(EnvironmentNames.SETTINGS.get("upstreams")));
        assertEquals(
                sorted(settings(RouteConfig.RateLimitPolicyConfig.class, "")),
                sorted(EnvironmentNames.SETTINGS.get("limits")));
    }

    @Test
    void shouldReadARouteWithAHyphenFromTheEnvironment() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                PREFIX + "routes.user-feed.upstream", "messages",
                                PREFIX + "routes.user-feed.max-body", "1M",
                                PREFIX + "upstreams.users.urls", "http://a"),
                        "properties",
                        250))
                .withSources(new EnvConfigSource(
                        Map.of(
                                "HELIOGRAPH_GATEWAY_ROUTES_USER_FEED_UPSTREAM", "users",
                                "HELIOGRAPH_GATEWAY_ROUTES_NEW_ONE_UPSTREAM", "users",
                                "HELIOGRAPH_GATEWAY_ROUTES_NEW_ONE_MAX_BODY", "2M"),
                        300))
                .withMapping(ReloadConfig.class)
                .withMappingIgnore("heliograph.gateway.**")
                .addDiscoveredConverters()
                .build();

        RouteConfig routes = new ReloadableConfig(config, config.getConfigMapping(ReloadConfig.class)).read();

        assertEquals("users", routes.routes().get("user-feed").upstream().orElseThrow());
        assertEquals(
                1024 * 1024,
                routes.routes().get("user-feed").maxBody().orElseThrow().asLongValue());
        assertEquals("users", routes.routes().get("new-one").upstream().orElseThrow());
        assertEquals(
                2 * 1024 * 1024,
                routes.routes().get("new-one").maxBody().orElseThrow().asLongValue());
        assertEquals(2, routes.routes().size());
    }

    private static List<String> settings(Class<?> mapping, String prefix) {
        List<String> names = new ArrayList<>();
        for (Method method : mapping.getDeclaredMethods()) {
            if (method.isSynthetic()) {
                continue;
            }
            String name = prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (method.getReturnType().isInterface()
                    && method.getReturnType().getName().startsWith("io.heliograph")) {
                names.addAll(settings(method.getReturnType(), name + "."));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private static List<String> sorted(List<String> names) {
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }
}
