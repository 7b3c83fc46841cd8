package io.heliograph.gateway.batch;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain;
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

/**
 * Listens on the loopback address for requests of the {@link InternalClient}. Connections that send any other request
 * are closed.
 */
@Singleton
final class InternalListener {

    /** One free port, the same on every event loop. */
    private static final int SHARED = -1;

    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setHost(InternalClient.ADDRESS)
            .setPort(SHARED)
            .setMaxHeaderSize(64 * 1024)
            .setMaxInitialLineLength(64 * 1024);

    private final Vertx vertx;
    private final FilterChain chain;
    private final InternalClient internalClient;

    InternalListener(Vertx vertx, FilterChain chain, InternalClient internalClient) {
        this.vertx = vertx;
        this.chain = chain;
        this.internalClient = internalClient;
    }

    void start(@Observes StartupEvent event) {
        vertx.deployVerticle(
                        ServerVerticle::new, new DeploymentOptions().setInstances(CpuCoreSensor.availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void handle(HttpServerRequest request) {
        if (!internalClient.isInternal(request)) {
            request.connection().close();
            return;
        }
        Exchange exchange = new Exchange(request, chain);
        internalClient.applyClient(exchange);
        exchange.proceed();
    }

    private final class ServerVerticle extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(new HttpServerOptions(OPTIONS))
                    .requestHandler(InternalListener.this::handle)
                    .listen()
                    .onSuccess(server -> internalClient.listeningOn(server.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
