package io.heliograph.auth;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads settings as the gateway does, with defaults for tests. */
final class Settings {

    static final Duration MINIMUM_FETCH_INTERVAL = Duration.ofMillis(500);

    private Settings() {}

    static TokenConfig of(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>();
        // An issuer in the same busy process may take its time.
        all.put("heliograph.tokens.fetch-timeout", "10S");
        all.put("heliograph.tokens.minimum-fetch-interval", MINIMUM_FETCH_INTERVAL.toString());
        all.put("heliograph.tokens.cache-size", "100");
        all.putAll(properties);
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .withMapping(TokenConfig.class)
                .build()
                .getConfigMapping(TokenConfig.class);
    }
}
