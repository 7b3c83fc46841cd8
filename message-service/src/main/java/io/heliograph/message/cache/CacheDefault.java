package io.heliograph.message.cache;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Every answer depends on who asks, unless its resource says otherwise: no shared cache may keep it. */
final class CacheDefault {

    static final String PRIVATE = "private, no-cache";

    @ServerResponseFilter
    public void keepPrivate(ContainerResponseContext response) {
        if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, PRIVATE);
        }
    }
}
