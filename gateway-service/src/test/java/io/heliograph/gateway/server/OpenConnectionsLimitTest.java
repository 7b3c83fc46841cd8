package io.heliograph.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenConnectionsLimitTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OpenConnections connections = new OpenConnections(
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(
                            Map.of("heliograph.gateway.connection.max-connections", "2"), "test", 100))
                    .withMapping(WireConfig.class)
                    .build()
                    .getConfigMapping(WireConfig.class),
            registry);

    @Test
    void shouldAdmitAnotherOnlyWhenOneIsClosed() {
        EmbeddedChannel first = new EmbeddedChannel();
        assertTrue(connections.admit(first));
        assertTrue(connections.admit(new EmbeddedChannel()));
        assertFalse(connections.admit(new EmbeddedChannel()));

        first.close();

        assertTrue(connections.admit(new EmbeddedChannel()));
        assertEquals(2, registry.get("heliograph.gateway.connections").gauge().value());
        assertEquals(
                1,
                registry.get("heliograph.gateway.connections.rejected")
                        .counter()
                        .count());
    }
}
