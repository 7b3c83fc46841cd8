package io.heliograph.rest.caching;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Makes a response private unless its resource has set {@code Cache-Control}: only the cache of the caller may store
 * it, and has to revalidate it each time. A response that is not {@code public} varies by {@code Authorization};
 * otherwise a browser could use a response of one account for another.
 */
final class CacheControlFilter {

    static final String PRIVATE = "private, no-cache";

    @ServerResponseFilter
    public void setDefaults(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
        if (!headers.getFirst(HttpHeaders.CACHE_CONTROL).toString().startsWith("public")) {
            headers.add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        }
    }
}
