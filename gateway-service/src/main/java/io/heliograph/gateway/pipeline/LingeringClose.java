package io.heliograph.gateway.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Closes a connection whose request body is not wanted. */
public final class LingeringClose {

    /**
     * How long the client has to read the response: an immediate close would reset the connection of a client that
     * still sends.
     */
    private static final long LINGER_MILLIS = 1_000;

    /**
     * Request bodies up to this size are read and discarded after a rejection, which is cheaper than a new connection.
     */
    private static final long SMALL_BODY = 64 * 1024;

    private LingeringClose() {}

    /**
     * Ends a response of the gateway's own. The connection is kept if the rest of the request body is small.
     *
     * @param body null if there is none
     */
    static void end(HttpServerRequest request, Buffer body, boolean mayKeep) {
        HttpServerResponse response = request.response();
        long length = RequestHead.bodyLength(request);
        // A body that waits for 100 (Continue) may never be sent; the next request would be read as its body.
        boolean isSent = length >= 0 && !request.headers().contains(HttpHeaders.EXPECT);
        boolean keep = request.isEnded() || (mayKeep && isSent && length <= SMALL_BODY);
        if (!keep && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (body == null || HttpMethod.HEAD.equals(request.method())) {
            response.end();
        } else {
            response.end(body);
        }
        if (!keep) {
            start(request);
        } else if (!request.isEnded()) {
            request.resume();
        }
    }

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
