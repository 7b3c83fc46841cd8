package io.heliograph.user.serviceaccount;

import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.ReservedUsernames;
import io.heliograph.user.account.UsernameSuggestion;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RevocationBus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Creates service accounts, changes their secrets and deletes them. When a secret ends, the tokens that were requested
 * with it are revoked, including those for users. Each change is audited.
 */
@Singleton
class ServiceAccountService {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{2,31}");
    /** Attempts at a username: if the first is taken, the others have a random suffix. */
    private static final int MOST_ATTEMPTS = 4;

    private final ServiceAccountRepository repository;
    private final RevocationBus revocations;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    ServiceAccountService(ServiceAccountRepository repository, RevocationBus revocations, AuditLog audit) {
        this.repository = repository;
        this.revocations = revocations;
        this.audit = audit;
    }

    /**
     * Fails with {@code too_many_service_accounts}, and with {@code idempotency_key_used} if the request, which may be
     * null, was made before.
     */
    Uni<CreatedAccount> create(NewServiceAccount wanted, UUID by, IdempotentRequest request) {
        ClientSecret secret = ClientSecret.next(random);
        return add(wanted, username(wanted.name()), secret, by, request, MOST_ATTEMPTS)
                .invoke(account -> audit.record(AuditEvent.done(Kind.SERVICE_ACCOUNT_CREATION, account.id())
                        .by(by)
                        .roles(account.roles())))
                .map(account -> new CreatedAccount(account, secret));
    }

    /**
     * Adds a secret; the previous one stays valid, older ones end. Fails with {@code service_account_not_found}, and
     * with {@code idempotency_key_used} if the request, which may be null, was made before.
     */
    Uni<CreatedSecret> rotate(UUID account, UUID by, IdempotentRequest request) {
        ClientSecret secret = ClientSecret.next(random);
        return repository
                .addSecret(account, secret, request)
                .invoke(added -> audit.record(AuditEvent.done(Kind.SECRET_ROTATION, account)
                        .session(added.id())
                        .by(by)))
                .call(added -> revocations.revoke(added.ended()))
                .map(added -> new CreatedSecret(added.id(), secret));
    }

    /** Fails with {@code secret_not_found}. */
    Uni<Void> endSecret(UUID account, UUID secret, UUID by) {
        return repository
                .endSecret(account, secret)
                .invoke(ended -> {
                    if (ended.isEmpty()) {
                        throw ProblemException.of(
                                Status.NOT_FOUND, "secret_not_found", "The service account has no such secret.");
                    }
                    audit.record(AuditEvent.done(Kind.SECRET_REVOCATION, account)
                            .session(secret)
                            .by(by));
                })
                .flatMap(revocations::revoke);
    }

    /** Fails with {@code service_account_not_found}. */
    Uni<Void> delete(UUID account, UUID by) {
        return repository
                .delete(account)
                .invoke(ended -> audit.record(
                        AuditEvent.done(Kind.SERVICE_ACCOUNT_DELETION, account).by(by)))
                .call(revocations::revoke)
                .call(() -> revocations.revokeUser(account))
                .replaceWithVoid();
    }

    private Uni<ServiceAccount> add(
            NewServiceAccount wanted,
            String username,
            ClientSecret secret,
            UUID by,
            IdempotentRequest request,
            int attempts) {
        return repository
                .add(wanted, username, secret, by, request)
                .onFailure(failure -> attempts > 1
                        && failure instanceof ProblemException refusal
                        && refusal.code().equals("username_taken"))
                .recoverWithUni(() -> add(wanted, UsernameSuggestion.of(username), secret, by, request, attempts - 1));
    }

    /** Derives a username from a name in any script. */
    private static String username(String name) {
        String plain = SPACES.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        return USERNAME.matcher(plain).matches() && !ReservedUsernames.contain(plain)
                ? plain
                : UsernameSuggestion.of(plain);
    }

    /** A service account and its first secret, which cannot be read later. */
    record CreatedAccount(ServiceAccount account, ClientSecret secret) {}

    /** A secret and its id, by which it can be ended. */
    record CreatedSecret(UUID id, ClientSecret secret) {}
}
