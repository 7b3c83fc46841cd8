package io.heliograph.gateway.security;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.security.CorsPolicy.AllowedOrigins;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/** Which origins may open WebSockets: the configured ones, and the gateway's own host. */
@Singleton
final class WebSocketOriginPolicy {

    private final AllowedOrigins origins;

    WebSocketOriginPolicy(CorsConfig config) {
        this.origins = AllowedOrigins.parse(
                "heliograph.gateway.cors.socket-origins", config.socketOrigins().orElse(List.of("*")));
    }

    /** Whether this exchange opens no socket, or may open it for a page of this origin. */
    boolean allows(Exchange exchange, String origin) {
        return origins.contains(origin)
                || !"websocket".equalsIgnoreCase(exchange.request().getHeader(HttpHeaders.UPGRADE))
                || isOwn(origin, exchange.host());
    }

    /** By the host alone: which scheme the client used may be known to a proxy only. */
    private static boolean isOwn(String origin, String host) {
        int start = origin.indexOf("://") + 3;
        return host != null
                && origin.length() - start == host.length()
                && origin.regionMatches(true, start, host, 0, host.length());
    }
}
