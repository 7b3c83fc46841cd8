package io.heliograph.gateway.websocket;

import io.heliograph.gateway.pipeline.BodyLength;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Detects requests to open a WebSocket. Whether the handshake is valid is left to the service. */
public final class WebSocketUpgrade {

    private WebSocketUpgrade() {}

    public static boolean isRequested(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && HttpMethod.GET.equals(request.method())
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && isUpgrade(request.getHeader(HttpHeaders.CONNECTION))
                && BodyLength.of(request) == 0;
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
}
