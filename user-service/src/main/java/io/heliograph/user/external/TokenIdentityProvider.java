package io.heliograph.user.external;

import io.heliograph.auth.Caller;
import io.heliograph.auth.ExternalClaims;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.rest.security.BearerIdentityProvider;
import io.heliograph.user.account.DisplayNames;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Identifies a caller by the id and the username of the account; also a user of another issuer, whose token belongs to
 * no session of this service.
 */
@Singleton
class TokenIdentityProvider extends BearerIdentityProvider {

    private final TokenVerifier tokens;
    private final ExternalAccounts accounts;

    TokenIdentityProvider(TokenVerifier tokens, ExternalAccounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    protected Uni<SecurityIdentity> identify(String token) {
        return Uni.createFrom()
                .completionStage(() -> tokens.verifyToken(token).toCompletionStage())
                .flatMap(this::named)
                .map(TokenIdentityProvider::toIdentity);
    }

    private Uni<Caller> named(Caller caller) {
        return caller.external() == null
                ? Uni.createFrom().item(caller)
                : accounts.username(identity(caller)).map(username -> caller.named(username, username, 0));
    }

    private static ExternalIdentity identity(Caller caller) {
        ExternalClaims claims = caller.external();
        return ExternalIdentity.of(
                caller.id(),
                claims,
                new ProfileClaims(claims.username(), claims.email(), DisplayNames.fold(claims.name())),
                caller.isAdmin());
    }

    private static SecurityIdentity toIdentity(Caller caller) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(caller.id().toString());
        claims.setStringClaim("upn", caller.username());
        if (!caller.session().isEmpty()) {
            claims.setStringClaim("sid", caller.session());
        }
        claims.setNumericDateClaim(
                "auth_time", NumericDate.fromSeconds(caller.authenticatedAt().getEpochSecond()));
        claims.setStringListClaim("groups", List.copyOf(caller.roles()));
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new DefaultJWTCallerPrincipal(claims))
                .addRoles(caller.roles())
                .build();
    }
}
