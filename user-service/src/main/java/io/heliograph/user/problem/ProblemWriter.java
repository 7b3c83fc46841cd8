package io.heliograph.user.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.heliograph.user.request.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers outside of JAX-RS with the same problem documents. */
public final class ProblemWriter {

    private static final ObjectWriter JSON = new ObjectMapper().writerFor(Problem.class);

    private ProblemWriter() {}

    public static void write(RoutingContext context, Refusal refusal) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(refusal.status().getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        refusal.headers().forEach(response::putHeader);
        response.end(json(Problem.of(refusal, RequestId.current())));
    }

    private static String json(Problem problem) {
        try {
            return JSON.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
