package io.heliograph.message.drain;

import io.heliograph.message.problem.ProblemWriter;
import io.heliograph.message.problem.Refusal;
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
 * Sends requests elsewhere from the second half of the shutdown delay until the server is closed. The answer is a 503
 * with a {@code Retry-After} of 0: nothing was done, and another replica can be asked at once, whatever the method.
 */
@Singleton
final class DrainFilter {

    /** After the request id, before everything that works. */
    private static final int PRIORITY = 999;

    /** How long a client may take to send the body of a request that is refused. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);

    private volatile boolean draining;
    private volatile long refusesFrom;

    void register(@Observes Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    void begin(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0") Duration delay) {
        refusesFrom = System.nanoTime() + delay.toNanos() / 2;
        draining = true;
    }

    private void filter(RoutingContext context) {
        if (draining && System.nanoTime() - refusesFrom >= 0 && !isUpgrade(context.request())) {
            refuse(context);
        } else {
            context.next();
        }
    }

    /** Those are refused where they are opened, each with another time to come back. */
    private static boolean isUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** Quarkus closes the connection after the answer, which would be lost if bytes of the body were still unread. */
    private static void refuse(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            answer(context);
            return;
        }
        long late = context.vertx().setTimer(BODY_TIMEOUT.toMillis(), timer -> answer(context));
        request.handler(discarded -> {})
                .endHandler(end -> {
                    if (context.vertx().cancelTimer(late)) {
                        answer(context);
                    }
                })
                .resume();
    }

    private static void answer(RoutingContext context) {
        ProblemWriter.write(
                context,
                Refusal.later("draining", "This replica is going away; another one takes over.", Duration.ZERO));
    }
}
