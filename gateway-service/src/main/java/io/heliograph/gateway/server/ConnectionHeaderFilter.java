package io.heliograph.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/**
 * Removes the headers that {@code Connection} lists (RFC 9110, 7.6.1), before a filter reads one: what the gateway
 * decides by, such as a cache key, must be what the service gets.
 */
final class ConnectionHeaderFilter {

    /** Without these a request would be another one: about its sender, its host, or its end. */
    private static final Set<String> FORBIDDEN = Set.of("authorization", "host", "content-length");

    /** By these the gateway goes on this connection; they are passed on in no case. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "",
            "close",
            "keep-alive",
            "connection",
            "upgrade",
            "http2-settings",
            "te",
            "trailer",
            "transfer-encoding",
            "expect");

    private ConnectionHeaderFilter() {}

    /** Takes them out; false if that is refused. */
    static boolean apply(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CONNECTION)) {
            return true;
        }
        for (String line : headers.getAll(HttpHeaderNames.CONNECTION)) {
            if (!isPlain(line) && !apply(headers, line)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String line) {
        return line.equalsIgnoreCase("keep-alive") || line.equalsIgnoreCase("close");
    }

    private static boolean apply(HttpHeaders headers, String line) {
        for (String option : line.split(",", -1)) {
            String name = option.trim().toLowerCase(Locale.ROOT);
            if (FORBIDDEN.contains(name)) {
                return false;
            } else if (!HOP_BY_HOP.contains(name)) {
                headers.remove(name);
            }
        }
        return true;
    }
}
