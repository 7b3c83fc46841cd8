package io.heliograph.gateway.security;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.Route.Access;
import jakarta.inject.Singleton;

/** Rejects callers without the valid token or the role that the route requires. */
@Singleton
public final class AuthorizationFilter implements RequestFilter {

    @Override
    public void filter(Exchange exchange) {
        Problem problem = rejection(exchange);
        if (problem == null) {
            exchange.proceed();
        } else {
            exchange.reject(problem);
        }
    }

    private static Problem rejection(Exchange exchange) {
        String role = exchange.route().role();
        if (exchange.pendingRejection() != null || role == null || isPublic(exchange)) {
            return exchange.pendingRejection();
        }
        Caller caller = exchange.caller();
        if (caller == null) {
            return Problem.UNAUTHENTICATED;
        }
        return caller.roles().contains(role) ? null : Problem.FORBIDDEN;
    }

    private static boolean isPublic(Exchange exchange) {
        return exchange.route().access(exchange.method(), exchange.path()) == Access.PUBLIC;
    }
}
