package io.heliograph.gateway.batch;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Passage;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.cpu.CpuCoreSensor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Where requests come in that the gateway makes {@linkplain Inside itself}. All others are sent away. */
@Singleton
final class InnerDoor {

    /** One free port, the same on every event loop. */
    private static final int SHARED = -1;

    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setHost(Inside.ADDRESS)
            .setPort(SHARED)
            .setMaxHeaderSize(64 * 1024)
            .setMaxInitialLineLength(64 * 1024);

    private final Vertx vertx;
    private final Passage passage;
    private final Inside inside;

    InnerDoor(Vertx vertx, Passage passage, Inside inside) {
        this.vertx = vertx;
        this.passage = passage;
        this.inside = inside;
    }

    void open(@Observes StartupEvent event) {
        vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(CpuCoreSensor.availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void enter(HttpServerRequest request) {
        if (!inside.isOurs(request)) {
            request.connection().close();
            return;
        }
        Exchange exchange = new Exchange(request, passage);
        inside.introduce(exchange);
        exchange.proceed();
    }

    private final class Listener extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(new HttpServerOptions(OPTIONS))
                    .requestHandler(InnerDoor.this::enter)
                    .listen()
                    .onSuccess(server -> inside.listensAt(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
