package io.heliograph.user.signin;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.request.ClientAddress;
import io.heliograph.user.session.SessionService;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.heliograph.user.signin.password.PasswordRules;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes passwords, and ends the sessions that were opened by the old one. */
@Singleton
class PasswordService {

    private static final String FIELD = "newPassword";

    private final SignInRepository store;
    private final SignInThrottle throttle;
    private final PasswordHasher passwords;
    private final SessionService sessions;
    private final AuditLog audit;

    PasswordService(
            SignInRepository store,
            SignInThrottle throttle,
            PasswordHasher passwords,
            SessionService sessions,
            AuditLog audit) {
        this.store = store;
        this.throttle = throttle;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * Changes the password of the caller, whose present session continues. Attempts at the current password are limited
     * as at a sign-in.
     */
    Uni<Void> change(UUID session, String current, String next) {
        SignInSource source = SignInSource.of(ClientAddress.current(), Optional.empty());
        return store.find(session, source)
                .flatMap(attempt -> change(attempt, session, source.network(), current, next)
                        .call(ended -> sessions.recordEnded(attempt.user(), ended))
                        .invoke(ended -> audit.record(AuditEvent.done(Kind.PASSWORD_CHANGE, attempt.user())
                                .session(session)))
                        .onFailure(ProblemException.class)
                        .invoke(refusal ->
                                audit.record(AuditEvent.refused(Kind.PASSWORD_CHANGE, attempt.user(), refusal.code())
                                        .session(session))))
                .replaceWithVoid();
    }

    /** Sets the password by an administrator. Ends all sessions. */
    Uni<Void> set(Account account, String next, UUID admin) {
        PasswordRules.require(FIELD, next, account.username(), account.email(), account.displayName());
        AuditEvent event = AuditEvent.done(Kind.PASSWORD_CHANGE, account.id()).by(admin);
        return passwords
                .hash(new HashQuota(admin, ClientAddress.network(ClientAddress.current())), next)
                .flatMap(hash -> store.set(event, hash))
                .call(ended -> sessions.recordEnded(account.id(), ended))
                .invoke(ended -> audit.record(event))
                .replaceWithVoid();
    }

    private Uni<List<UUID>> change(SignInAttempt attempt, UUID session, String network, String current, String next) {
        Credentials owner = attempt.found().orElseThrow(PasswordService::revoked);
        Account account = owner.account();
        HashQuota share = new HashQuota(account.id(), network);
        PasswordRules.require(FIELD, next, account.username(), account.email(), account.displayName());
        return throttle.accepts(attempt, share, current)
                .invoke(accepted -> {
                    if (!accepted) {
                        throw wrongPassword();
                    }
                })
                .flatMap(accepted -> passwords.hash(share, next))
                .flatMap(hash -> store.change(owner, hash, session))
                // A concurrent change was faster: the checked password is no longer the current one.
                .map(ended -> ended.orElseThrow(PasswordService::wrongPassword));
    }

    static ProblemException wrongPassword() {
        return ProblemException.of(Status.FORBIDDEN, "wrong_password", "The current password is another.");
    }

    private static ProblemException revoked() {
        return ProblemException.invalidToken("token_revoked", "The session of this token has ended.");
    }
}
