package io.heliograph.gateway.proxy;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Copies the trailers that are forwarded: none that frames, routes or authorizes a message (RFC 9110, 6.5.1), and none
 * that is malformed.
 */
final class Trailers {

    private static final Set<String> NEVER = Set.of(
            "age",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "etag",
            "expect",
            "expires",
            "host",
            "keep-alive",
            "last-modified",
            "location",
            "max-forwards",
            "pragma",
            "proxy",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "retry-after",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "www-authenticate",
            "x-request-id");

    private Trailers() {}

    /** Copies the trailers that may be forwarded. */
    static void copy(MultiMap from, MultiMap to) {
        if (ResponseHeadValidator.isValid(from)) {
            for (Map.Entry<String, String> trailer : from) {
                if (mayPass(trailer.getKey())) {
                    to.add(trailer.getKey(), trailer.getValue());
                }
            }
        }
    }

    static boolean mayPass(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !NEVER.contains(lower)
                && !lower.startsWith("if-")
                && !lower.startsWith("access-control-")
                && !ForwardedHeaders.isReserved(name);
    }
}
