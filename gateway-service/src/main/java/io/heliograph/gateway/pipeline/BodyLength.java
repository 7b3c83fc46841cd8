package io.heliograph.gateway.pipeline;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** The length of a request body, by its headers. */
public final class BodyLength {

    /** There is a body of unknown length. */
    public static final long UNKNOWN = -1;

    private BodyLength() {}

    /** In bytes; 0 if there is no body. */
    public static long of(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return parse(length);
        }
        boolean streamed = request.version() == HttpVersion.HTTP_2
                // HTTP/2 has no header that announces a body, and these methods have none.
                ? !HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return streamed ? UNKNOWN : 0;
    }

    private static long parse(String length) {
        try {
            return Math.max(UNKNOWN, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
