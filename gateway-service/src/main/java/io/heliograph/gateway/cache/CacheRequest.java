package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * A cacheable request, independent of its exchange, which may end before the fetch does.
 *
 * @param key the cache key: the URI, with scheme and host unless the policy excludes them
 * @param headers the request headers as the client sent them
 */
record CacheRequest(Route route, String key, String uri, MultiMap headers, RequestCacheControl control) {

    /** Responses with longer keys are not stored: purges of such keys would fill Redis. */
    private static final int MAX_KEY_LENGTH = 1_000;

    /** The cache key of a request; null if its response is not stored. */
    static String key(Exchange exchange) {
        return key(exchange, exchange.request().uri());
    }

    /** The cache key of another URI of the same host. */
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
