package io.heliograph.gateway.live;

import io.heliograph.gateway.revocation.Revocations;
import io.heliograph.gateway.token.Caller;
import io.heliograph.gateway.token.TokenRefused;
import io.heliograph.gateway.token.TokenVerifier;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Who may watch, at first and from then on. */
@Singleton
final class WatcherAuthentication {

    private final TokenVerifier verifier;
    private final Revocations revocations;
    private final String role;

    WatcherAuthentication(TokenVerifier verifier, Revocations revocations, LiveConfig config) {
        this.verifier = verifier;
        this.revocations = revocations;
        this.role = config.role();
    }

    /** Whom a token speaks for; fails if it is not good. */
    Future<Caller> verify(String token) {
        return verifier.verify("Bearer " + token);
    }

    boolean mayWatch(Caller caller) {
        return caller.roles().contains(role);
    }

    /** Why this caller may not watch, or not any more; null if they may. */
    LiveCloseCode refusal(Caller caller) {
        if (revocations.refuse(caller.session(), caller.id())) {
            return LiveCloseCode.REVOKED;
        }
        if (!caller.expiresAt().isAfter(Instant.now())) {
            return LiveCloseCode.TOKEN_EXPIRED;
        }
        return mayWatch(caller) ? null : LiveCloseCode.FORBIDDEN;
    }

    /** Why a stream ends whose token could not be verified; null if nobody can tell whether it is good. */
    static LiveCloseCode refusal(Throwable failure) {
        boolean undecided =
                failure instanceof TokenRefused refused && refused.reason() == TokenRefused.Reason.KEYS_UNAVAILABLE;
        return undecided ? null : LiveCloseCode.UNAUTHENTICATED;
    }
}
