package io.heliograph.gateway.live;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.auth.revocation.RevocationSet;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Who may watch, at first and from then on. */
@Singleton
final class WatcherAuthentication {

    private final TokenVerifier verifier;
    private final RevocationSet revocations;
    private final String role;

    WatcherAuthentication(TokenVerifier verifier, RevocationSet revocations, LiveConfig config) {
        this.verifier = verifier;
        this.revocations = revocations;
        this.role = config.role();
    }

    /** Whom a token speaks for; fails if it is not good. */
    Future<Caller> verify(String token) {
        return verifier.verifyToken(token);
    }

    boolean mayWatch(Caller caller) {
        return caller.roles().contains(role);
    }

    /** Why this caller may not watch, or not any more; null if they may. */
    LiveCloseCode refusal(Caller caller) {
        if (revocations.isRevoked(caller.session(), caller.id())) {
            return LiveCloseCode.REVOKED;
        }
        if (!caller.expiresAt().isAfter(Instant.now())) {
            return LiveCloseCode.TOKEN_EXPIRED;
        }
        return mayWatch(caller) ? null : LiveCloseCode.FORBIDDEN;
    }

    /** Why a stream ends whose token could not be verified; null if nobody can tell whether it is good. */
    static LiveCloseCode refusal(Throwable failure) {
        if (!(failure instanceof TokenException rejected)) {
            return LiveCloseCode.UNAUTHENTICATED;
        }
        return switch (rejected.reason()) {
            case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> null;
            case TOKEN_REVOKED -> LiveCloseCode.REVOKED;
            case UNAUTHENTICATED, INVALID_TOKEN -> LiveCloseCode.UNAUTHENTICATED;
        };
    }
}
