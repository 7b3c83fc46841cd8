package io.heliograph.message.token;

import io.heliograph.message.problem.Refusal;
import java.time.Duration;

/** Why a request has no {@link Caller}. It carries no detail of the token: what failed in it is nobody's business. */
public final class TokenRefused extends RuntimeException {

    /** {@code code} is the stable code of docs/errors.md, {@code status} the HTTP status that goes with it. */
    public enum Reason {
        UNAUTHENTICATED(401, "unauthenticated", "A bearer token is required."),
        INVALID_TOKEN(401, "invalid_token", "The token is malformed, forged, expired or not meant for this service."),
        TOKEN_REVOKED(401, "token_revoked", "The session of this token has ended, or its account has."),
        KEYS_UNAVAILABLE(503, "keys_unavailable", "The token cannot be checked now: its issuer does not answer."),
        USERS_UNAVAILABLE(503, "users_unavailable", "The user service does not answer at the moment.");

        private final int status;
        private final String code;
        private final String detail;

        Reason(int status, String code, String detail) {
            this.status = status;
            this.code = code;
            this.detail = detail;
        }

        public int status() {
            return status;
        }

        public String code() {
            return code;
        }

        public String detail() {
            return detail;
        }

        /** Whether nothing is known against the token: it could not be checked. */
        public boolean isUnavailable() {
            return this == KEYS_UNAVAILABLE || this == USERS_UNAVAILABLE;
        }
    }

    /** The keys are asked for again about this often; a user-service that restarts takes a little longer. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Reason reason;

    public TokenRefused(Reason reason) {
        // Without a stack trace: refusals come at the rate that strangers choose.
        super(reason.detail(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The answer that it amounts to. */
    public Refusal refusal() {
        return switch (reason) {
            case KEYS_UNAVAILABLE, USERS_UNAVAILABLE -> Refusal.later(reason.code(), reason.detail(), COME_BACK);
            case UNAUTHENTICATED -> Refusal.unauthorized(reason.code(), reason.detail());
            case INVALID_TOKEN, TOKEN_REVOKED -> Refusal.badToken(reason.code(), reason.detail());
        };
    }
}
