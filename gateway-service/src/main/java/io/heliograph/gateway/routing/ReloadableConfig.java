package io.heliograph.gateway.routing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** The configuration that can change at run time: that of the start, overridden by the file. */
@Singleton
public final class ReloadableConfig {

    private static final String PREFIX = "heliograph.gateway.";
    private static final List<String> CHANGEABLE =
            List.of(PREFIX + "upstreams.", PREFIX + "routes.", PREFIX + "limits.");
    private static final int CONVERTER_PRIORITY = 200;

    private final Map<String, String> given = new HashMap<>();
    private final ConfigFile file;

    public ReloadableConfig(Config running, ReloadConfig config) {
        this.file = config.configFile().map(ConfigFile::new).orElse(null);
        Map<String, Integer> ordinals = new HashMap<>();
        for (String name : running.getPropertyNames()) {
            if (isChangeable(name)) {
                put(running.getConfigValue(name), ordinals);
            }
        }
    }

    /** Of several names of one key, that of the source with the highest ordinal applies. */
    private void put(ConfigValue value, Map<String, Integer> ordinals) {
        if (value.getValue() == null || value.getValue().isEmpty()) {
            return;
        }
        boolean environment = String.valueOf(value.getSourceName()).contains("EnvConfigSource");
        String key = environment ? EnvironmentNames.key(PREFIX, value.getName()) : value.getName();
        Integer before = ordinals.get(key);
        if (before == null || before <= value.getSourceOrdinal()) {
            ordinals.put(key, value.getSourceOrdinal());
            given.put(key, value.getValue());
        }
    }

    /** Reads the configuration. Blocks. */
    RouteConfig read() {
        return file == null ? mapped(Map.of()) : mapped(file.read());
    }

    /** The configuration if the file has changed since the last read, valid or not; else null. Blocks. */
    RouteConfig readIfChanged() {
        Map<String, String> changed = file == null ? null : file.readIfChanged();
        return changed == null ? null : mapped(changed);
    }

    private RouteConfig mapped(Map<String, String> overriding) {
        overriding.keySet().stream()
                .filter(name -> !isChangeable(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidConfigurationException(name, "cannot change while the gateway runs");
                });
        try {
            return new SmallRyeConfigBuilder()
                    .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                    .withConverter(MemorySize.class, CONVERTER_PRIORITY, new MemorySizeConverter())
                    .withSources(new PropertiesConfigSource(given, "what was given at the start", 100))
                    .withSources(new PropertiesConfigSource(overriding, "the file", 200))
                    .withMapping(RouteConfig.class)
                    .build()
                    .getConfigMapping(RouteConfig.class);
        } catch (ConfigValidationException e) {
            throw new InvalidConfigurationException(e);
        }
    }

    private static boolean isChangeable(String name) {
        return CHANGEABLE.stream().anyMatch(name::startsWith);
    }

    /**
     * Maps names of environment variables to keys of routes, upstreams and limits. An environment variable has no
     * hyphen,
     * so that {@code …_ROUTES_USER_FEED_MAX_BODY} arrives as {@code routes.user.feed.max.body}: the longest known
     * setting
     * at its end is split off, and the rest is the name of the entry.
     */
    static final class EnvironmentNames {

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
                        "compression",
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

        /** The key that a name stands for; the name itself if it does not end in a known setting. */
        static String key(String prefix, String name) {
            String rest = name.substring(prefix.length()).replace("\"", "");
            int dot = rest.indexOf('.');
            String map = dot < 0 ? rest : rest.substring(0, dot);
            String entry = dot < 0 ? "" : plain(rest.substring(dot + 1));
            return settings(map)
                    .filter(setting -> entry.endsWith("." + plain(setting)))
                    // The longest match, such as "cache.max-entry" before a setting that it ends in.
                    .max(Comparator.comparing(String::length))
                    .map(setting -> prefix + map + '.' + entryName(entry, setting) + '.' + setting)
                    .orElse(name);
        }

        private static Stream<String> settings(String map) {
            return SETTINGS.getOrDefault(map, List.of()).stream();
        }

        private static String entryName(String entry, String setting) {
            return entry.substring(0, entry.length() - plain(setting).length() - 1)
                    .replace('.', '-');
        }

        private static String plain(String text) {
            return text.replace('-', '.');
        }
    }
}
