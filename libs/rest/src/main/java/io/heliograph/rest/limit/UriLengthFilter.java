package io.heliograph.rest.limit;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.problem.ProblemWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rejects addresses of more than {@code heliograph.http.max-uri} characters with a problem. The limit of the first line
 * is above it, because Vert.x refuses without one.
 */
@Singleton
final class UriLengthFilter {

    /** After the request id, the address of the client and the drain, before everything that works. */
    private static final int PRIORITY = 997;

    private final int limit;

    UriLengthFilter(@ConfigProperty(name = "heliograph.http.max-uri") int limit) {
        this.limit = limit;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > limit) {
            ProblemWriter.write(
                    context,
                    ProblemException.of(
                            Status.REQUEST_URI_TOO_LONG,
                            "uri_too_long",
                            "The address of the request is over " + limit + " characters."));
            // Whatever body it has is dropped.
            request.resume();
        } else {
            context.next();
        }
    }
}
