package io.heliograph.gateway.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Closes a connection whose request body is not wanted. */
public final class LingeringClose {

    /**
     * Closing at once would reset the connection under a client that still sends, and it would lose the answer; so it
     * gets this long to read it.
     */
    private static final long LINGER_MILLIS = 1_000;

    private LingeringClose() {}

    /** Drops what still comes for a moment, then closes the connection; call it once the answer has been written. */
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
