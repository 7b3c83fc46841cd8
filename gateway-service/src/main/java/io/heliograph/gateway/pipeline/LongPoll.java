package io.heliograph.gateway.pipeline;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Detects long polls: requests to which a service may delay its response. */
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
