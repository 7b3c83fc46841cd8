package io.heliograph.message.identity;

import io.heliograph.auth.Caller;
import io.heliograph.rest.security.BearerIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Identifies a caller by the username of the caller in this installation. */
@Singleton
final class TokenIdentityProvider extends BearerIdentityProvider {

    private final CallerResolver callers;

    TokenIdentityProvider(CallerResolver callers) {
        this.callers = callers;
    }

    @Override
    protected Uni<SecurityIdentity> identify(String token) {
        return Uni.createFrom()
                .completionStage(() -> callers.byToken(token).toCompletionStage())
                .map(TokenIdentityProvider::identity);
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.username()))
                .addRoles(caller.roles())
                .addAttribute(Caller.ATTRIBUTE, caller)
                .build();
    }
}
