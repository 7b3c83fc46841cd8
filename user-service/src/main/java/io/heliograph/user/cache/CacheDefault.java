package io.heliograph.user.cache;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * What caches may do with an answer for which its resource says nothing: keep it for the one who asked and revalidate it
 * each time; with an answer of {@code /api/auth}, which may carry tokens, nothing at all. What is not {@code public}
 * depends on the caller, and says so by {@code Vary}: without it a browser shows one account what it kept for another.
 */
final class CacheDefault {

    private static final String PRIVATE = "private, no-cache";
    private static final String NO_STORE = "no-store";
    private static final String TOKENS = "/api/auth/";

    @ServerResponseFilter
    public void limitCaches(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            boolean tokens = request.getUriInfo().getPath().startsWith(TOKENS);
            headers.putSingle(HttpHeaders.CACHE_CONTROL, tokens ? NO_STORE : PRIVATE);
        }
        if (!headers.getFirst(HttpHeaders.CACHE_CONTROL).toString().startsWith("public")) {
            headers.add(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
        }
    }
}
