package io.heliograph.http;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ignores, from the shutdown on, what an event loop rejects because it has ended. Vert.x ends its event loops one by one,
 * so a connection that closes on one of them may call back another one that is gone: Quarkus would log an error for it
 * after a normal stop. All other exceptions are still reported.
 */
@Singleton
final class ShutdownExceptionHandler {

    private final Vertx vertx;

    ShutdownExceptionHandler(Vertx vertx) {
        this.vertx = vertx;
    }

    void stop(@Observes ShutdownEvent event) {
        Handler<Throwable> report = vertx.exceptionHandler();
        vertx.exceptionHandler(failure -> {
            if (!(failure instanceof RejectedExecutionException)) {
                report.handle(failure);
            }
        });
    }
}
