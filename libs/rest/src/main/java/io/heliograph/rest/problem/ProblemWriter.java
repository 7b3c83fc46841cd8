package io.heliograph.rest.problem;

import io.heliograph.http.ProblemDetails;
import io.heliograph.rest.request.RequestIdFilter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes error responses outside of JAX-RS. */
public final class ProblemWriter {

    private ProblemWriter() {}

    /** Does nothing to a response that has ended. */
    public static void write(RoutingContext context, ProblemException problem) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(problem.status().getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(problem.details(RequestIdFilter.current()).toJson().toBuffer());
    }
}
