package io.heliograph.user.session;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.password.Passwords;
import io.heliograph.user.problem.Refusal;
import io.heliograph.user.session.Rotation.Renewed;
import io.heliograph.user.session.Rotation.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Brings accounts, passwords and sessions together: signing in and staying so. */
@Singleton
class SessionService {

    private static final String INVALID = "invalid_refresh_token";

    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LiveSessions sessions;
    private final TokenPairs pairs;
    private final AuditLog audit;

    SessionService(
            AccountRepository accounts, Passwords passwords, LiveSessions sessions, TokenPairs pairs, AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.pairs = pairs;
        this.audit = audit;
    }

    /** An unknown user and a wrong password cost the same work and get the same answer. */
    Uni<TokenPair> signIn(String login, String password) {
        return accounts.findCredentials(login).flatMap(found -> check(found, password)
                .flatMap(this::open)
                .onFailure(Refusal.class)
                .invoke(refusal -> audit.record(AuditEvent.refused(
                        Kind.SIGN_IN,
                        found.map(credentials -> credentials.account().id()).orElse(null),
                        refusal.code()))));
    }

    /** A token that was spent before ends its session, whoever presents it. */
    Uni<TokenPair> renew(RefreshToken presented) {
        RefreshToken next = pairs.nextRefreshToken();
        return sessions.rotate(presented, next).invoke(this::record).map(rotation -> {
            if (rotation instanceof Renewed renewed) {
                return pairs.of(renewed.session(), next);
            }
            throw Refusal.unauthorized(INVALID, "The refresh token is not valid, or no longer.");
        });
    }

    private void record(Rotation rotation) {
        if (rotation instanceof Renewed renewed) {
            audit.record(done(Kind.REFRESH, renewed.session()));
        } else if (rotation instanceof Replayed replayed) {
            audit.record(done(Kind.REFRESH_REUSE, replayed.session()));
        } else {
            audit.record(AuditEvent.refused(Kind.REFRESH, null, INVALID));
        }
    }

    private static AuditEvent done(Kind kind, Session session) {
        return AuditEvent.done(kind, session.user()).session(session.id());
    }

    Uni<Void> signOut(RefreshToken token) {
        return sessions.end(token);
    }

    private Uni<Account> check(Optional<Credentials> found, String password) {
        String hash = found.map(Credentials::passwordHash).orElse(null);
        return passwords.matches(password, hash).map(matches -> found.filter(credentials -> matches)
                .map(Credentials::account)
                .orElseThrow(SessionService::badCredentials));
    }

    static Refusal badCredentials() {
        return Refusal.unauthorized("bad_credentials", "There is no account with this login and password.");
    }

    private Uni<TokenPair> open(Account account) {
        RefreshToken refresh = pairs.nextRefreshToken();
        return sessions.open(account, refresh)
                .invoke(session -> audit.record(done(Kind.SIGN_IN, session)))
                .map(session -> pairs.of(session, refresh));
    }
}
