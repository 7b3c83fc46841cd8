package io.heliograph.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.upstream.Connections;
import io.heliograph.gateway.upstream.PoolConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteReaderTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldStartWithAGoodConfiguration() {
        RouteTable table = table(Map.of());

        assertEquals("/api/rooms", table.find("/api/rooms/x").path());
    }

    @Test
    void shouldNameAnUpstreamThatDoesNotExist() {
        refuses("routes.rooms.upstream", "massages", "there is no upstream \"massages\"");
    }

    @Test
    void shouldNameAnAddressThatIsNone() {
        refuses("upstreams.messages.urls", "localhost:8082", "\"localhost:8082\" is not of the form http://host:port");
        refuses(
                "upstreams.messages.urls",
                "http://a:1,http://b/api",
                "\"http://b/api\" is not of the form http://host:port");
    }

    @Test
    void shouldNameAPublicCallThatIsNone() {
        refuses("routes.rooms.public-calls", "/api/rooms", "\"/api/rooms\" is not of the form \"GET /path\"");
    }

    private void refuses(String key, String value, String reason) {
        var failure =
                assertThrows(IllegalArgumentException.class, () -> table(Map.of("heliograph.gateway." + key, value)));
        assertEquals("heliograph.gateway." + key + ": " + reason, failure.getMessage());
    }

    private RouteTable table(Map<String, String> change) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "heliograph.gateway.upstreams.messages.urls", "http://localhost:8082",
                "heliograph.gateway.routes.rooms.upstream", "messages"));
        properties.putAll(change);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(RouteConfig.class)
                .withMapping(RequestConfig.class)
                .withMapping(PoolConfig.class)
                .build();
        return new RouteReader(
                        config.getConfigMapping(RouteConfig.class),
                        config.getConfigMapping(RequestConfig.class),
                        new Connections(vertx, config.getConfigMapping(PoolConfig.class)))
                .read();
    }
}
