package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The headers that state the origin and the caller of a request. Services trust the gateway for them, so the gateway
 * writes them itself and forwards none of the client; nor one that differs by an underscore, which some frameworks
 * treat as the same.
 */
final class ForwardedHeaders {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

    private ForwardedHeaders() {}

    /** Adds the headers; without scheme and host if the cache key of the route excludes them. */
    static void addTo(Exchange exchange, MultiMap to) {
        String client = exchange.client();
        CachePolicy cache = exchange.route().cache();
        if (cache != null && cache.excludeHost()) {
            to.add(FORWARDED_FOR, client);
            to.add(FORWARDED, forwarded(client).toString());
            return;
        }
        String scheme = exchange.scheme();
        String host = exchange.host();
        to.add(FORWARDED_FOR, client);
        to.add(FORWARDED_PROTO, scheme);
        if (host != null) {
            to.add(FORWARDED_HOST, host);
        }
        StringBuilder forwarded = forwarded(client).append(";proto=").append(scheme);
        if (host != null) {
            forwarded.append(";host=\"").append(host).append('"');
        }
        to.add(FORWARDED, forwarded.toString());
    }

    private static StringBuilder forwarded(String client) {
        StringBuilder text = new StringBuilder(80).append("for=");
        return client.indexOf(':') < 0
                ? text.append(client)
                : text.append("\"[").append(client).append("]\"");
    }

    /** Whether a client could forge an identity or an address with a header of this name. */
    static boolean isReserved(String name) {
        return switch (name.charAt(0)) {
            case 'X', 'x' -> isReservedX(name);
            case 'F', 'f' -> name.equalsIgnoreCase("Forwarded") || is(name, "Fastly-Client-IP");
            case 'T', 't' -> is(name, "True-Client-IP");
            case 'C', 'c' -> is(name, "CF-Connecting-IP") || is(name, "Client-IP");
            case 'R', 'r' -> is(name, "Remote-User") || is(name, "Remote-Addr");
            default -> false;
        };
    }

    private static boolean isReservedX(String name) {
        return begins(name, "X-Forwarded")
                || begins(name, "X-User-")
                || begins(name, "X-Auth-Request-")
                || begins(name, "X-Authenticated-")
                || begins(name, "X-Original-")
                || begins(name, "X-Remote-")
                || is(name, "X-Real-IP")
                || is(name, "X-Client-IP")
                || is(name, "X-Cluster-Client-IP")
                || is(name, "X-Rewrite-URL");
    }

    private static boolean is(String name, String claim) {
        return name.length() == claim.length() && begins(name, claim);
    }

    private static boolean begins(String name, String prefix) {
        if (name.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            char c = name.charAt(i);
            char folded = c == '_' ? '-' : Character.toLowerCase(c);
            if (folded != Character.toLowerCase(prefix.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
