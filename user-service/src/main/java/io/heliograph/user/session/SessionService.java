package io.heliograph.user.session;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RotationResult.Renewed;
import io.heliograph.user.session.RotationResult.Repeated;
import io.heliograph.user.session.RotationResult.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Opens, renews and ends sessions. Each end is published to the verifiers once it is committed, and audited. */
@Singleton
public class SessionService {

    private static final String INVALID = "invalid_refresh_token";

    private final SessionRepository repository;
    private final TokenIssuer issuer;
    private final RevocationBus revocations;
    private final AuditLog audit;

    SessionService(SessionRepository repository, TokenIssuer issuer, RevocationBus revocations, AuditLog audit) {
        this.repository = repository;
        this.issuer = issuer;
        this.revocations = revocations;
        this.audit = audit;
    }

    /**
     * Opens a session for credentials that were checked, and ends the oldest ones of the account past the limit. Fails
     * with {@code bad_credentials} if the credentials have been changed since.
     */
    public Uni<TokenPair> open(Credentials checked, Device device) {
        RefreshToken refresh = issuer.nextRefreshToken();
        return repository
                .open(checked, device, refresh)
                .call(opened -> recordEnded(opened.session().user(), opened.ended()))
                .map(NewSession::session)
                .invoke(session -> audit.record(done(Kind.SIGN_IN, session)))
                .map(session -> issuer.of(session, refresh));
    }

    /**
     * Spends a refresh token for new tokens. A token that was spent within the reuse interval gets the same tokens again;
     * one that was spent earlier ends its session.
     */
    Uni<TokenPair> renew(RefreshToken presented, Device device) {
        return repository
                .rotate(presented, issuer, device)
                .call(this::revokeReplayed)
                .invoke(this::record)
                .map(rotation -> {
                    if (rotation instanceof Renewed renewed) {
                        return renewed.pair();
                    } else if (rotation instanceof Repeated repeated) {
                        return repeated.pair();
                    }
                    throw ProblemException.unauthorized(INVALID, "The refresh token is not valid, or no longer.");
                });
    }

    Uni<Void> signOut(RefreshToken token) {
        return repository
                .end(token)
                .call(ended ->
                        revocations.revoke(ended.map(Session::id).stream().toList()))
                .invoke(ended -> ended.ifPresent(session -> audit.record(done(Kind.SIGN_OUT, session))))
                .replaceWithVoid();
    }

    /** Ends one session of this user; false if there is no such session. */
    Uni<Boolean> end(UUID user, UUID session) {
        return repository
                .end(user, session)
                .call(ended -> recordEnded(user, ended))
                .map(ended -> !ended.isEmpty());
    }

    /** Ends all sessions of this user. */
    Uni<Void> endAll(UUID user) {
        return repository.endAll(user).flatMap(ended -> recordEnded(user, ended));
    }

    /** Ends one session of this user, or for null all, by the decision of another user; returns the ended sessions. */
    Uni<List<UUID>> end(UUID user, UUID session, UUID by) {
        AuditEvent event = AuditEvent.done(Kind.SESSION_REVOCATION, user).by(by);
        return repository
                .end(event.session(session))
                .invoke(ended -> ended.forEach(each -> audit.record(event.session(each))))
                .call(revocations::revoke);
    }

    /** The sessions of this user, the latest used first. */
    Uni<List<SessionView>> findAll(UUID user, UUID current) {
        return repository.findAll(user, current);
    }

    /** Publishes and audits sessions that ended without a sign-out; completes within a bounded time, never fails. */
    public Uni<Void> recordEnded(UUID user, List<UUID> sessions) {
        sessions.forEach(session ->
                audit.record(AuditEvent.done(Kind.SESSION_REVOCATION, user).session(session)));
        return revocations.revoke(sessions);
    }

    private Uni<Void> revokeReplayed(RotationResult rotation) {
        return rotation instanceof Replayed replayed
                ? revocations.revoke(List.of(replayed.session().id()))
                : Uni.createFrom().voidItem();
    }

    private void record(RotationResult rotation) {
        if (rotation instanceof Renewed renewed) {
            audit.record(done(Kind.REFRESH, renewed.session()));
        } else if (rotation instanceof Repeated repeated) {
            audit.record(done(Kind.REFRESH_REPEAT, repeated.session()));
        } else if (rotation instanceof Replayed replayed) {
            audit.record(done(Kind.REFRESH_REUSE, replayed.session()));
        } else {
            audit.record(AuditEvent.refused(Kind.REFRESH, null, INVALID));
        }
    }

    private static AuditEvent done(Kind kind, Session session) {
        return AuditEvent.done(kind, session.user()).session(session.id());
    }
}
