package io.heliograph.user.external;

import io.heliograph.auth.Caller;
import io.heliograph.auth.ExternalClaims;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenException.Reason;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.user.account.DisplayNames;
import io.quarkus.security.AuthenticationFailedException;
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
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Makes the bearer token of an HTTP request the identity that {@code @Authenticated} asks for. A person of another
 * issuer is a caller like any other: by the id and the username of their account, with a token of no session of ours.
 */
@Singleton
class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final TokenVerifier tokens;
    private final ExternalAccounts accounts;

    TokenIdentityProvider(TokenVerifier tokens, ExternalAccounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Before that of the JWT extension (SYSTEM_FIRST + 1), whose bearer mechanism is all that is used of it. */
    @Override
    public int priority() {
        return SYSTEM_FIRST + 2;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .completionStage(
                        () -> identity(request.getToken().getToken().trim()).toCompletionStage());
    }

    private Future<SecurityIdentity> identity(String token) {
        return tokens.verifyToken(token)
                .compose(this::named)
                .map(TokenIdentityProvider::toIdentity)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TokenException rejected && rejected.reason() == Reason.INVALID_TOKEN
                                ? new AuthenticationFailedException(rejected)
                                : failure));
    }

    private Future<Caller> named(Caller caller) {
        return caller.external() == null
                ? Future.succeededFuture(caller)
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
