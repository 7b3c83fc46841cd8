package io.heliograph.user.oauth;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.external.ExternalAccounts;
import io.heliograph.user.oauth.TokenRequest.Exchange;
import io.heliograph.user.serviceaccount.AuthenticatedClient;
import io.heliograph.user.serviceaccount.ClientAuthentication;
import io.heliograph.user.token.AccessTokens;
import io.heliograph.user.token.Subject;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Issues tokens to service accounts: their own, and those by which they act for the users of their product. */
@Singleton
class TokenService {

    private final ClientAuthentication clients;
    private final ExternalAccounts people;
    private final AccessTokens tokens;
    private final AuditLog audit;

    TokenService(ClientAuthentication clients, ExternalAccounts people, AccessTokens tokens, AuditLog audit) {
        this.clients = clients;
        this.people = people;
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Fails with {@link OAuthException}, and with {@code too_many_sign_ins} after too many wrong secrets. */
    Uni<TokenResponse> token(ClientCredentials credentials, TokenRequest request) {
        return clients.authenticate(credentials.id(), credentials.secret())
                .map(found -> found.orElseThrow(OAuthException::invalidClient))
                .onFailure(OAuthException.class)
                .invoke(refused -> audit.record(AuditEvent.refused(Kind.CLIENT_TOKEN, null, "invalid_client")))
                .onFailure(ProblemException.class)
                .invoke(refused -> audit.record(AuditEvent.refused(Kind.CLIENT_TOKEN, null, refused.code())))
                .flatMap(client -> request instanceof Exchange exchange
                        ? exchange(client, exchange)
                        : Uni.createFrom().item(own(client, request)));
    }

    private TokenResponse own(AuthenticatedClient client, TokenRequest request) {
        TokenResponse answer = answer(client, client.subject(), request, null);
        audit.record(AuditEvent.done(Kind.CLIENT_TOKEN, client.id()).session(client.secret()));
        return answer;
    }

    private Uni<TokenResponse> exchange(AuthenticatedClient client, Exchange request) {
        if (!client.has(Role.IMPERSONATOR)) {
            audit.record(AuditEvent.refused(Kind.TOKEN_EXCHANGE, null, "unauthorized_client")
                    .by(client.id()));
            throw OAuthException.unauthorizedClient("Only a service account with the role impersonator may do this.");
        }
        return people.present(client.issuer(), request.subject(), request.profile())
                .map(found -> found.orElseThrow(TokenService::unacceptable))
                .onFailure(OAuthException.class)
                .invoke(refused -> audit.record(AuditEvent.refused(Kind.TOKEN_EXCHANGE, null, "invalid_grant")
                        .by(client.id())))
                .map(account -> {
                    TokenResponse answer = answer(client, subject(account), request, TokenRequest.ACCESS_TOKEN);
                    audit.record(AuditEvent.done(Kind.TOKEN_EXCHANGE, account.id())
                            .session(client.secret())
                            .by(client.id()));
                    return answer;
                });
    }

    private TokenResponse answer(
            AuthenticatedClient client, Subject subject, TokenRequest request, String issuedTokenType) {
        List<String> scope = request.scope();
        if (scope != null && !subject.roles().containsAll(scope)) {
            throw OAuthException.invalidScope();
        }
        Subject narrowed = scope == null ? subject : subject.withRoles(scope);
        return new TokenResponse(
                tokens.signForClient(narrowed, client.secret(), client.id()),
                issuedTokenType,
                "Bearer",
                tokens.lifetime().toSeconds(),
                scope == null ? null : String.join(" ", scope),
                subject.id());
    }

    private static Subject subject(Account account) {
        return new Subject(account.id(), account.username(), account.displayName(), account.version(), account.roles());
    }

    /** The same for all cases, because only administrators may know which one applies. */
    private static OAuthException unacceptable() {
        return OAuthException.invalidGrant(
                "The account of this person was deleted, is banned, or is one of an administrator.");
    }
}
