package io.heliograph.user.session;

import io.heliograph.user.account.Account;
import io.heliograph.user.session.Rotation.Replayed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** The sessions as they are stored, and the word about each that ends, which is given once that is committed. */
@Singleton
class LiveSessions {

    private final SessionRepository stored;
    private final RevocationBus revocations;

    LiveSessions(SessionRepository stored, RevocationBus revocations) {
        this.stored = stored;
        this.revocations = revocations;
    }

    /** Ends the oldest of this account if there are too many. */
    Uni<Session> open(Account account, RefreshToken token) {
        return stored.open(account, token)
                .call(opening -> revocations.revoke(opening.ended()))
                .map(Opening::session);
    }

    /** Spends one token for the next. */
    Uni<Rotation> rotate(RefreshToken presented, RefreshToken next) {
        return stored.rotate(presented, next)
                .call(rotation -> rotation instanceof Replayed replayed
                        ? revocations.revoke(List.of(replayed.session().id()))
                        : Uni.createFrom().voidItem());
    }

    /** Ends the session of this token, if there is one. */
    Uni<Void> end(RefreshToken token) {
        return stored.end(token).flatMap(revocations::revoke);
    }
}
