package io.heliograph.message.cache;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * An answer depends on who asks, unless its resource says otherwise: no shared cache may keep it. What is not
 * {@code public} says so by {@code Vary} too: without it a browser shows one account what it kept for another.
 */
final class CacheDefault {

    static final String PRIVATE = "private, no-cache";

    @ServerResponseFilter
    public void keepPrivate(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
        if (!headers.getFirst(HttpHeaders.CACHE_CONTROL).toString().startsWith("public")) {
            headers.add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        }
    }
}
