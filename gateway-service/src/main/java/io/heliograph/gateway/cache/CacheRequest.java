package io.heliograph.gateway.cache;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.CachePolicy;
import io.heliograph.gateway.routing.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * A cacheable request, independent of its exchange, which may end before the fetch does.
 *
 * @param key what answers are stored under: the address, with its scheme and host unless the policy excludes them
 * @param headers as the client sent them
 */
record CacheRequest(Route route, String key, String uri, MultiMap headers, RequestCacheControl control) {

    /** Longer addresses are not worth keeping, and purges of them would fill Redis. */
    private static final int MAX_KEY_LENGTH = 1_000;

    /** Null if answers to this are not kept. */
    static String key(Exchange exchange) {
        return key(exchange, exchange.request().uri());
    }

    /** The key of another address of the same host. */
    static String key(Exchange exchange, String uri) {
        if (exchange.route().cache().excludeHost()) {
            return uri.length() > MAX_KEY_LENGTH ? null : "//" + uri;
        }
        String host = exchange.host();
        if (host == null || host.length() + uri.length() > MAX_KEY_LENGTH) {
            return null;
        }
        return exchange.scheme() + "://" + host.toLowerCase(Locale.ROOT) + uri;
    }

    CachePolicy policy() {
        return route.cache();
    }

    boolean hasCredentials() {
        return hasCredentials(headers);
    }

    /** Whether the request has credentials, so that the response may be for this client only. */
    static boolean hasCredentials(MultiMap headers) {
        return headers.contains(HttpHeaders.AUTHORIZATION) || headers.contains(HttpHeaders.COOKIE);
    }
}
