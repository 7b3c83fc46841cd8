package io.heliograph.rest.drain;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.problem.ProblemWriter;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rejects requests from the second half of the shutdown delay until the server is closed. The response is a 503 with a
 * {@code Retry-After} of 0: the request had no effect and can be sent to another replica at once, whatever the method.
 */
@Singleton
final class DrainFilter {

    /** After the request id and the address of the client, before everything that works. */
    private static final int PRIORITY = 998;

    /** How long a client may take to send the body of a rejected request. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);

    private volatile boolean draining;
    private volatile long rejectsFrom;

    void register(@Observes Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    void begin(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        rejectsFrom = System.nanoTime() + delay.toNanos() / 2;
        draining = true;
    }

    private void filter(RoutingContext context) {
        if (draining && System.nanoTime() - rejectsFrom >= 0 && !isUpgrade(context.request())) {
            reject(context);
        } else {
            context.next();
        }
    }

    /** A service that has WebSockets rejects upgrades itself, each with another {@code Retry-After}. */
    private static boolean isUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** Quarkus closes the connection after the response, which would be lost if bytes of the body were still unread. */
    private static void reject(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            respond(context);
            return;
        }
        long late = context.vertx().setTimer(BODY_TIMEOUT.toMillis(), timer -> respond(context));
        request.handler(discarded -> {})
                .endHandler(end -> {
                    if (context.vertx().cancelTimer(late)) {
                        respond(context);
                    }
                })
                .resume();
    }

    private static void respond(RoutingContext context) {
        ProblemWriter.write(
                context,
                ProblemException.unavailable(
                        "draining", "This replica is going away; another one takes over.", Duration.ZERO));
    }
}
