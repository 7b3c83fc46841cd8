package io.heliograph.message.identity;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenException.Reason;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Makes the bearer token of an HTTP request the identity that {@code @Authenticated} asks for. */
@Singleton
final class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final CallerResolver callers;

    TokenIdentityProvider(CallerResolver callers) {
        this.callers = callers;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Before that of the JWT extension (which has the default, SYSTEM_FIRST + 1): it would fetch the issuer's keys on the event loop. */
    @Override
    public int priority() {
        return SYSTEM_FIRST + 2;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .completionStage(() ->
                        callers.byToken(request.getToken().getToken().trim()).toCompletionStage())
                .map(TokenIdentityProvider::identity)
                .onFailure(TokenIdentityProvider::isInvalid)
                .transform(AuthenticationFailedException::new);
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.username()))
                .addRoles(caller.roles())
                .addAttribute(Caller.ATTRIBUTE, caller)
                .build();
    }

    private static boolean isInvalid(Throwable failure) {
        return failure instanceof TokenException rejected && rejected.reason() == Reason.INVALID_TOKEN;
    }
}
