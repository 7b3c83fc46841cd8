package io.heliograph.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.compression.TestCompression;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.ExchangeMetrics;
import io.heliograph.gateway.pipeline.FilterChain;
import io.heliograph.gateway.security.CorsPolicy.WebSocketOriginPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CORS for pages of any origin, as {@code heliograph.gateway.cors.origins=*} allows it; for others see {@code CorsTest}. */
class AnyOriginTest {

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() {
        CorsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of("heliograph.gateway.cors.origins", "*"), "test", 100))
                .withMapping(CorsConfig.class)
                .build()
                .getConfigMapping(CorsConfig.class);
        FilterChain chain = new FilterChain(
                List.of(
                        new CorsFilter(config, new CorsPolicy(config), new WebSocketOriginPolicy(config)),
                        exchange -> exchange.respond(200, "text/plain", Buffer.buffer("fine"))),
                TestCompression.policy(),
                new ExchangeMetrics(new SimpleMeterRegistry()),
                List.of());
        port = vertx.createHttpServer()
                .requestHandler(request -> new Exchange(request, chain).proceed())
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldAllowPagesOfAnyOriginWithoutCredentials() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/rooms/x"))
                .setHeader("Origin", "https://anyone.example")
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertEquals("fine", answer.body());
        assertEquals(List.of("*"), answer.headers().allValues("Access-Control-Allow-Origin"));
        assertEquals(List.of(), answer.headers().allValues("Access-Control-Allow-Credentials"));
        assertEquals(List.of("Origin"), answer.headers().allValues("Vary"));
    }
}
