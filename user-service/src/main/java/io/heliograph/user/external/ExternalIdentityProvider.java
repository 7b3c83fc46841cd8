package io.heliograph.user.external;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Makes one whom another issuer vouches for a caller like any other: by the id and the username of their account, the
 * token of which has no session of ours.
 */
@Singleton
class ExternalIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final ExternalTokens tokens;
    private final ExternalAccounts accounts;

    ExternalIdentityProvider(ExternalTokens tokens, ExternalAccounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Before that of the JWT extension (SYSTEM_FIRST + 1), which judges our own and refuses all others. */
    @Override
    public int priority() {
        return SYSTEM_FIRST + 2;
    }

    /** Null for a token that is not of another issuer. */
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom().completionStage(() -> tokens.verify(
                        request.getToken().getToken().trim())
                .compose(this::identity)
                .toCompletionStage());
    }

    private Future<SecurityIdentity> identity(Optional<ExternalIdentity> found) {
        return found.isEmpty()
                ? Future.succeededFuture()
                : accounts.username(found.get()).map(username -> identity(found.get(), username));
    }

    private static SecurityIdentity identity(ExternalIdentity identity, String username) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(identity.issuer());
        claims.setSubject(identity.id().toString());
        claims.setStringClaim("upn", username);
        claims.setNumericDateClaim("auth_time", NumericDate.fromSeconds(identity.signedInAt()));
        claims.setStringListClaim("groups", List.copyOf(identity.roles()));
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new DefaultJWTCallerPrincipal(claims))
                .addRoles(identity.roles())
                .build();
    }
}
