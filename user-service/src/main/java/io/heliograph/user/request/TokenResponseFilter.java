package io.heliograph.user.request;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Prevents all caches from storing responses of {@code /api/auth}, which may contain tokens. */
final class TokenResponseFilter {

    /** Response filters run by descending priority: before the one that sets the default. */
    private static final int BEFORE_DEFAULTS = Priorities.USER + 1;

    private static final String PATH = "/api/auth/";

    @ServerResponseFilter(priority = BEFORE_DEFAULTS)
    public void forbidCaching(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)
                && request.getUriInfo().getPath().startsWith(PATH)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
