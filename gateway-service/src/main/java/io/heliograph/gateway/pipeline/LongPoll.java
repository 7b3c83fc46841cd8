package io.heliograph.gateway.pipeline;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Requests whose answers a service may hold back. */
final class LongPoll {

    private static final String PATH = "/changes";
    private static final String PARAMETER = "waitMs=";

    private LongPoll() {}

    static boolean matches(HttpServerRequest request) {
        String query = request.query();
        return query != null
                && request.method().equals(HttpMethod.GET)
                && request.path() != null
                && request.path().endsWith(PATH)
                && (query.startsWith(PARAMETER) || query.contains('&' + PARAMETER));
    }
}
