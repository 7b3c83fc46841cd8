package io.heliograph.gateway.security;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.Route.Access;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Verifies the bearer token. A request without a required token is {@linkplain AuthorizationFilter rejected} only after
 * it has been rate limited. The token is forwarded to the service, which verifies it too and need not trust the
 * gateway.
 */
@Singleton
public final class AuthenticationFilter implements RequestFilter {

    private final TokenVerifier verifier;

    public AuthenticationFilter(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void filter(Exchange exchange) {
        List<String> values = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        Access access = exchange.route().access(exchange.method(), exchange.path());
        if (access == Access.PUBLIC || (access == Access.OPTIONAL && values.isEmpty())) {
            exchange.proceed();
            return;
        }
        if (values.size() > 1) {
            // The service could authenticate another caller than the gateway.
            exchange.rejectLater(Problem.INVALID_TOKEN);
            exchange.proceed();
            return;
        }
        Future<Caller> verified = verifier.verifyAuthorization(values.isEmpty() ? null : values.get(0));
        if (verified.succeeded()) {
            // The usual case: the verified token is cached.
            exchange.caller(verified.result());
            exchange.proceed();
        } else {
            verified.onSuccess(exchange::caller)
                    .onFailure(failure -> exchange.rejectLater(problem(failure)))
                    .onComplete(done -> exchange.proceed());
        }
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof TokenException rejected) {
            return switch (rejected.reason()) {
                case UNAUTHENTICATED -> Problem.UNAUTHENTICATED;
                case INVALID_TOKEN -> Problem.INVALID_TOKEN;
                case TOKEN_REVOKED -> Problem.TOKEN_REVOKED;
                case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> Problem.KEYS_UNAVAILABLE;
            };
        }
        return Problem.INTERNAL_ERROR;
    }
}
