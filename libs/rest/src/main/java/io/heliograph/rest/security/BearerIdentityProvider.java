package io.heliograph.rest.security;

import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenException.Reason;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/**
 * Creates the identity that {@code @Authenticated} requires from the bearer token of an HTTP request. An invalid token
 * fails the authentication; any other failure, such as keys that cannot be fetched, is propagated.
 */
public abstract class BearerIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    /** Fails with {@link TokenException} if the token is not accepted. */
    protected abstract Uni<SecurityIdentity> identify(String token);

    @Override
    public final Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Before the provider of the JWT extension (SYSTEM_FIRST + 1), which would fetch keys on the event loop. */
    @Override
    public final int priority() {
        return SYSTEM_FIRST + 2;
    }

    @Override
    public final Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return identify(request.getToken().getToken().trim())
                .onFailure(BearerIdentityProvider::isInvalid)
                .transform(AuthenticationFailedException::new);
    }

    private static boolean isInvalid(Throwable failure) {
        return failure instanceof TokenException rejected && rejected.reason() == Reason.INVALID_TOKEN;
    }
}
