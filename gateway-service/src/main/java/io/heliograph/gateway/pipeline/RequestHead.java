package io.heliograph.gateway.pipeline;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What the head of a request says about the request: the length of its body, and whether it is of a special kind. */
public final class RequestHead {

    /** The request has a body of unknown length. */
    public static final long UNKNOWN_LENGTH = -1;

    private static final String LONG_POLL_PATH = "/changes";
    private static final String LONG_POLL_PARAMETER = "waitMs=";

    private RequestHead() {}

    /** The length of the body in bytes; 0 if there is none, {@link #UNKNOWN_LENGTH} if it is not known in advance. */
    public static long bodyLength(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return parse(length);
        }
        boolean streamed = request.version() == HttpVersion.HTTP_2
                // HTTP/2 has no header that announces a body, and these methods have none.
                ? !HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return streamed ? UNKNOWN_LENGTH : 0;
    }

    /** Whether the service may delay its response to the request. */
    static boolean isLongPoll(HttpServerRequest request) {
        String query = request.query();
        return query != null
                && request.method().equals(HttpMethod.GET)
                && request.path() != null
                && request.path().endsWith(LONG_POLL_PATH)
                && (query.startsWith(LONG_POLL_PARAMETER) || query.contains('&' + LONG_POLL_PARAMETER));
    }

    /** Whether the request is to open a WebSocket. Whether its handshake is valid is left to the service. */
    public static boolean isWebSocketUpgrade(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && HttpMethod.GET.equals(request.method())
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && isUpgrade(request.getHeader(HttpHeaders.CONNECTION))
                && bodyLength(request) == 0;
    }

    private static boolean isUpgrade(String connection) {
        if (connection == null) {
            return false;
        }
        for (String token : connection.split(",", -1)) {
            if (token.trim().equalsIgnoreCase("upgrade")) {
                return true;
            }
        }
        return false;
    }

    private static long parse(String length) {
        try {
            return Math.max(UNKNOWN_LENGTH, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return UNKNOWN_LENGTH;
        }
    }
}
