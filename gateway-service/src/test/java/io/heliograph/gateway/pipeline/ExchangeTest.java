package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.compression.TestCompression;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldRespondWhenAFilterThrows() {
        JsonObject problem = new JsonObject(ask(exchange -> {
            throw new IllegalArgumentException("a defect");
        }));

        assertEquals("internal_error", problem.getString("code"));
        assertEquals(0, registry.get("heliograph.gateway.in.flight").gauge().value());
    }

    @Test
    void shouldAbortAResponseThatHasBegun() {
        assertThrows(
                CompletionException.class,
                () -> ask(exchange -> {
                    exchange.response().setChunked(true).write("a part");
                    throw new IllegalStateException("a defect");
                }));

        assertEquals(0, registry.get("heliograph.gateway.in.flight").gauge().value());
    }

    @Test
    void shouldNotChangeCompleteResponses() {
        assertEquals("whole", ask(exchange -> {
            exchange.respond(200, "text/plain", io.vertx.core.buffer.Buffer.buffer("whole"));
            throw new IllegalStateException("a defect");
        }));
    }

    private String ask(RequestFilter step) {
        FilterChain chain = new FilterChain(
                List.of(Exchange::proceed, step), TestCompression.policy(), new ExchangeMetrics(registry), List.of());
        int port = vertx.createHttpServer()
                .requestHandler(request -> new Exchange(request, chain).proceed())
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return vertx.createHttpClient()
                .request(HttpMethod.GET, port, "localhost", "/api/x")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .map(body -> body.toString())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
