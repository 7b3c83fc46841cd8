package io.heliograph.gateway.security;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Access;
import io.heliograph.gateway.token.Caller;
import jakarta.inject.Singleton;

/** Turns away who needs a token and shows no good one, and who is not what the route wants its callers to be. */
@Singleton
public final class Entitlement implements Step {

    @Override
    public void take(Exchange exchange) {
        Problem problem = problem(exchange);
        if (problem == null) {
            exchange.proceed();
        } else {
            exchange.refuse(problem);
        }
    }

    private static Problem problem(Exchange exchange) {
        String role = exchange.route().role();
        if (exchange.denial() != null || role == null || isPublic(exchange)) {
            return exchange.denial();
        }
        Caller caller = exchange.caller();
        if (caller == null) {
            return Problem.UNAUTHENTICATED;
        }
        return caller.roles().contains(role) ? null : Problem.FORBIDDEN;
    }

    private static boolean isPublic(Exchange exchange) {
        return exchange.route().access(exchange.method(), exchange.path()) == Access.OPEN;
    }
}
