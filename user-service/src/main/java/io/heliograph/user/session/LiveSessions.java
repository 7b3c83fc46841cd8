package io.heliograph.user.session;

import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RotationResult.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sessions as they are stored, and the word about each that ends, which is given once that is committed. */
@Singleton
public class LiveSessions {

    private final SessionRepository stored;
    private final RevocationBus revocations;
    private final AuditLog audit;

    LiveSessions(SessionRepository stored, RevocationBus revocations, AuditLog audit) {
        this.stored = stored;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** Ends the oldest of this account if there are too many. */
    Uni<Session> open(Credentials checked, Device device, RefreshToken token) {
        return stored.open(checked, device, token)
                .call(opening -> ended(opening.session().user(), opening.ended()))
                .map(NewSession::session);
    }

    /** Spends one token for a pair. */
    Uni<RotationResult> rotate(RefreshToken presented, TokenIssuer issuer, Device device) {
        return stored.rotate(presented, issuer, device)
                .call(rotation -> rotation instanceof Replayed replayed
                        ? revocations.revoke(List.of(replayed.session().id()))
                        : Uni.createFrom().voidItem());
    }

    /** Ends the session of this token, if there is one. */
    Uni<Optional<Session>> end(RefreshToken token) {
        return stored.end(token)
                .call(ended ->
                        revocations.revoke(ended.map(Session::id).stream().toList()));
    }

    /** Whether this person had such a session, which is ended now. */
    Uni<Boolean> end(UUID user, UUID session) {
        return stored.end(user, session).call(ended -> ended(user, ended)).map(ended -> !ended.isEmpty());
    }

    /** Ends all sessions of this person. */
    Uni<Void> endAll(UUID user) {
        return stored.endAll(user).flatMap(ended -> ended(user, ended));
    }

    /** The latest used first. */
    Uni<List<SessionView>> findAll(UUID user, UUID current) {
        return stored.findAll(user, current);
    }

    /** Tells of sessions that were ended otherwise than by signing out; completes soon, whatever becomes of it. */
    public Uni<Void> ended(UUID user, List<UUID> sessions) {
        sessions.forEach(session ->
                audit.record(AuditEvent.done(Kind.SESSION_REVOCATION, user).session(session)));
        return revocations.revoke(sessions);
    }
}
