package io.heliograph.gateway.compression;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The compression of the default configuration, without a container. */
public final class TestCompression {

    private TestCompression() {}

    public static CompressionPolicy policy() {
        return policy(Map.of());
    }

    /** @param settings those that differ, without their prefix */
    static CompressionPolicy policy(Map<String, String> settings) {
        Map<String, String> given = new HashMap<>();
        settings.forEach((name, value) -> given.put("heliograph.gateway.compression." + name, value));
        return new CompressionPolicy(
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withSources(new PropertiesConfigSource(given, "test", 100))
                        .withMapping(CompressionConfig.class)
                        .build()
                        .getConfigMapping(CompressionConfig.class),
                new SimpleMeterRegistry());
    }
}
