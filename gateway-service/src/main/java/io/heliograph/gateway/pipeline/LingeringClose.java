package io.heliograph.gateway.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Closes a connection whose request body is not wanted. */
public final class LingeringClose {

    /**
     * How long the client has to read the response: an immediate close would reset the connection of a client that
     * still sends.
     */
    private static final long LINGER_MILLIS = 1_000;

    private LingeringClose() {}

    /**
     * Discards further input for a moment, then closes the connection. To be called after the response has been
     * written.
     */
    public static void start(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        request.handler(chunk -> {});
        if (request.version() != HttpVersion.HTTP_2) {
            request.endHandler(end -> request.connection().close());
            Vertx.currentContext().owner().setTimer(LINGER_MILLIS, timer -> request.connection()
                    .close());
        }
        request.resume();
    }
}
