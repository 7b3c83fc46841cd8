package io.heliograph.auth;

import java.time.Duration;

/**
 * Why a request has no {@link Caller}. It carries no detail of the token, so that a response does not help to forge
 * one.
 */
public final class TokenException extends RuntimeException {

    /** {@code code} is the stable code of docs/errors.md, {@code status} the HTTP status that goes with it. */
    public enum Reason {
        UNAUTHENTICATED(401, "unauthenticated", "A bearer token is required."),
        INVALID_TOKEN(401, "invalid_token", "The token is malformed, forged, expired or not meant for this service."),
        TOKEN_REVOKED(401, "token_revoked", "The session of this token has ended, or its account has."),
        KEYS_UNAVAILABLE(503, "keys_unavailable", "The token cannot be checked now: its issuer does not answer."),
        /** The token is valid, but the username of its caller could not be resolved. */
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

    /**
     * For reasons that are {@linkplain Reason#isUnavailable unavailable}: about the interval of the fetches of keys.
     */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public TokenException(Reason reason) {
        // Without a stack trace, because any client can cause these at any rate.
        super(reason.detail(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
