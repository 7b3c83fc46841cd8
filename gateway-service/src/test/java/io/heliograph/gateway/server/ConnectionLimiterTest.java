package io.heliograph.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.server.ConnectionInitializer.ConnectionLimiter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConnectionLimiter limiter = new ConnectionLimiter(
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(
                            Map.of("heliograph.gateway.connection.max-connections", "2"), "test", 100))
                    .withMapping(ConnectionConfig.class)
                    .build()
                    .getConfigMapping(ConnectionConfig.class),
            registry);

    @Test
    void shouldAdmitAnotherConnectionOnlyAfterOneHasClosed() {
        EmbeddedChannel first = new EmbeddedChannel();
        assertTrue(limiter.tryAccept(first));
        assertTrue(limiter.tryAccept(new EmbeddedChannel()));
        assertFalse(limiter.tryAccept(new EmbeddedChannel()));

        first.close();

        assertTrue(limiter.tryAccept(new EmbeddedChannel()));
        assertEquals(2, registry.get("heliograph.gateway.connections").gauge().value());
        assertEquals(
                1,
                registry.get("heliograph.gateway.connections.rejected")
                        .counter()
                        .count());
    }
}
