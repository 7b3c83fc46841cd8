package io.heliograph.user.session;

import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.problem.Refusal;
import io.heliograph.user.session.RotationResult.Renewed;
import io.heliograph.user.session.RotationResult.Repeated;
import io.heliograph.user.session.RotationResult.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Brings sessions and their tokens together: from the sign-in, which others judge, to the sign-out. */
@Singleton
public class SessionService {

    private static final String INVALID = "invalid_refresh_token";

    private final LiveSessions sessions;
    private final TokenIssuer issuer;
    private final AuditLog audit;

    SessionService(LiveSessions sessions, TokenIssuer issuer, AuditLog audit) {
        this.sessions = sessions;
        this.issuer = issuer;
        this.audit = audit;
    }

    /** For who has shown these credentials. Fails with {@code bad_credentials} if they have been changed since. */
    public Uni<TokenPair> open(Credentials checked, Device device) {
        RefreshToken refresh = issuer.nextRefreshToken();
        return sessions.open(checked, device, refresh)
                .invoke(session -> audit.record(done(Kind.SIGN_IN, session)))
                .map(session -> issuer.of(session, refresh));
    }

    /**
     * A token that was spent a moment ago gets the same tokens again; one that was spent before that ends its session,
     * whoever presents it.
     */
    Uni<TokenPair> renew(RefreshToken presented, Device device) {
        return sessions.rotate(presented, issuer, device).invoke(this::record).map(rotation -> {
            if (rotation instanceof Renewed renewed) {
                return renewed.pair();
            } else if (rotation instanceof Repeated repeated) {
                return repeated.pair();
            }
            throw Refusal.unauthorized(INVALID, "The refresh token is not valid, or no longer.");
        });
    }

    Uni<Void> signOut(RefreshToken token) {
        return sessions.end(token)
                .invoke(ended -> ended.ifPresent(session -> audit.record(done(Kind.SIGN_OUT, session))))
                .replaceWithVoid();
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
