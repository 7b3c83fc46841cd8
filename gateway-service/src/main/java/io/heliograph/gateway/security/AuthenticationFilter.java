package io.heliograph.gateway.security;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.RequestFilter;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.revocation.Revocations;
import io.heliograph.gateway.routing.Route.Access;
import io.heliograph.gateway.token.Caller;
import io.heliograph.gateway.token.TokenRefused;
import io.heliograph.gateway.token.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Verifies the bearer token. A request without the token that it needs is {@linkplain AuthorizationFilter rejected}
 * only after it has been counted. The token is forwarded to the service, which verifies it too and need not trust the
 * gateway.
 */
@Singleton
public final class AuthenticationFilter implements RequestFilter {

    private final TokenVerifier verifier;
    private final Revocations revocations;

    public AuthenticationFilter(TokenVerifier verifier, Revocations revocations) {
        this.verifier = verifier;
        this.revocations = revocations;
    }

    @Override
    public void filter(Exchange exchange) {
        List<String> shown = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        Access access = exchange.route().access(exchange.method(), exchange.path());
        if (access == Access.PUBLIC || (access == Access.OPTIONAL && shown.isEmpty())) {
            exchange.proceed();
            return;
        }
        if (shown.size() > 1) {
            // Whom it speaks for here need not be whom it speaks for at the service.
            exchange.rejectLater(Problem.INVALID_TOKEN);
            exchange.proceed();
            return;
        }
        Future<Caller> verified = verifier.verify(shown.isEmpty() ? null : shown.get(0));
        if (verified.succeeded()) {
            // Nearly always: the token has been seen before.
            authenticate(exchange, verified.result());
            exchange.proceed();
        } else {
            verified.onSuccess(caller -> authenticate(exchange, caller))
                    .onFailure(failure -> exchange.rejectLater(problem(failure)))
                    .onComplete(done -> exchange.proceed());
        }
    }

    /** Revocations are looked up each time: a verified token may have been revoked since. */
    private void authenticate(Exchange exchange, Caller caller) {
        if (revocations.refuse(caller.session(), caller.id())) {
            exchange.rejectLater(Problem.TOKEN_REVOKED);
        } else {
            exchange.caller(caller);
        }
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof TokenRefused refused) {
            return switch (refused.reason()) {
                case UNAUTHENTICATED -> Problem.UNAUTHENTICATED;
                case INVALID_TOKEN -> Problem.INVALID_TOKEN;
                case KEYS_UNAVAILABLE -> Problem.KEYS_UNAVAILABLE;
            };
        }
        return Problem.INTERNAL_ERROR;
    }
}
