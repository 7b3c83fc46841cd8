package io.heliograph.gateway.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Maps names of environment variables to keys of routes, upstreams and limits. An environment variable has no hyphen,
 * so that {@code …_ROUTES_USER_FEED_MAX_BODY} arrives as {@code routes.user.feed.max.body}: the longest known setting
 * at its end is split off, and the rest is the name of the entry.
 */
final class EnvironmentNames {

    /** The settings of an entry of each map; held equal to {@link RouteConfig} by a test. */
    static final Map<String, List<String>> SETTINGS = Map.of(
            "upstreams",
            List.of("urls", "dns"),
            "routes",
            List.of(
                    "enabled",
                    "upstream",
                    "local",
                    "path",
                    "rewrite",
                    "methods",
                    "access",
                    "role",
                    "public-calls",
                    "limits",
                    "max-body",
                    "cache.enabled",
                    "cache.default-freshness",
                    "cache.max-freshness",
                    "cache.heuristic-freshness",
                    "cache.stale-while-revalidate",
                    "cache.stale-if-error",
                    "cache.max-entry",
                    "cache.vary-by",
                    "cache.tags",
                    "cache.exclude-host",
                    "timeouts.first-byte",
                    "timeouts.idle",
                    "timeouts.total"),
            "limits",
            List.of("requests", "window", "by", "only-calls", "shadow"));

    private EnvironmentNames() {}

    /** The key that is meant; the same if it ends in no setting. */
    static String key(String prefix, String name) {
        String rest = name.substring(prefix.length()).replace("\"", "");
        int dot = rest.indexOf('.');
        String map = dot < 0 ? rest : rest.substring(0, dot);
        String entry = dot < 0 ? "" : plain(rest.substring(dot + 1));
        return settings(map)
                .filter(setting -> entry.endsWith("." + plain(setting)))
                // "cache.max-entry" before any shorter one that it ends in.
                .max(Comparator.comparing(String::length))
                .map(setting -> prefix + map + '.' + entryName(entry, setting) + '.' + setting)
                .orElse(name);
    }

    private static Stream<String> settings(String map) {
        return SETTINGS.getOrDefault(map, List.of()).stream();
    }

    private static String entryName(String entry, String setting) {
        return entry.substring(0, entry.length() - plain(setting).length() - 1).replace('.', '-');
    }

    private static String plain(String text) {
        return text.replace('-', '.');
    }
}
