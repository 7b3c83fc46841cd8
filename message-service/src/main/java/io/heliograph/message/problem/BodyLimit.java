package io.heliograph.message.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads at most one byte more than the limit, with or without a Content-Length, and refuses as everything else does. */
@Provider
final class BodyLimit implements ReaderInterceptor {

    /** A client that first sends all, then listens, gets this long to come to the answer; then the connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final int limit;
    private final CurrentVertxRequest current;

    BodyLimit(@ConfigProperty(name = "heliograph.http.max-body-size") MemorySize limit, CurrentVertxRequest current) {
        this.limit = Math.toIntExact(limit.asLongValue());
        this.current = current;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        byte[] body = context.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            discardTheRest(current.getCurrent());
            throw Refusal.of(
                    Status.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is over " + limit + " bytes.");
        }
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    private static void discardTheRest(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        routing.addEndHandler(answered -> {
            if (!request.isEnded()) {
                request.handler(discarded -> {});
                request.resume();
                routing.vertx().setTimer(LINGER.toMillis(), late -> {
                    if (!request.isEnded()) {
                        request.connection().close();
                    }
                });
            }
        });
    }
}
