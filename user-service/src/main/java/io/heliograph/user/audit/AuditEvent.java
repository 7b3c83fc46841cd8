package io.heliograph.user.audit;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Something that was done to an account or a session, or was tried. {@code outcome} is {@code done} or the code of the
 * refusal; what does not apply is null.
 *
 * @param user whose account it is
 * @param by who did it, where that is someone else
 * @param roles those the account has from now on, where that is what changed
 */
public record AuditEvent(Kind kind, String outcome, UUID user, UUID session, UUID by, List<String> roles) {

    private static final String DONE = "done";

    public static AuditEvent done(Kind kind, UUID user) {
        return new AuditEvent(kind, DONE, user, null, null, null);
    }

    /** {@code user} is null if there is no such account. */
    public static AuditEvent refused(Kind kind, UUID user, String code) {
        return new AuditEvent(kind, code, user, null, null, null);
    }

    /** The session that it was done in, or to. */
    public AuditEvent session(UUID id) {
        return new AuditEvent(kind, outcome, user, id, by, roles);
    }

    public AuditEvent by(UUID other) {
        return new AuditEvent(kind, outcome, user, session, other, roles);
    }

    public AuditEvent roles(List<String> present) {
        return new AuditEvent(kind, outcome, user, session, by, present);
    }

    /** What is audited. The names are those in lines and meters; they never change. */
    public enum Kind {
        REGISTRATION,
        SIGN_IN,
        REFRESH,
        /** A refresh token that was spent a moment ago, and got the same tokens again. */
        REFRESH_REPEAT,
        /** A refresh token that was spent before that. */
        REFRESH_REUSE,
        SIGN_OUT,
        /** A session ended by another, or from another. */
        SESSION_REVOCATION,
        PASSWORD_CHANGE,
        /** A password was hashed anew, at the present cost. */
        REHASH,
        ROLE_CHANGE,
        ACCOUNT_DELETION,
        SERVICE_ACCOUNT_CREATION,
        SERVICE_ACCOUNT_DELETION,
        /** A service account got a new secret; if it had two, the older one ended. */
        SECRET_ROTATION,
        /** A secret of a service account was taken away. */
        SECRET_REVOCATION,
        /** A service account got a token for itself. */
        CLIENT_TOKEN,
        /** A service account got a token for a person. */
        TOKEN_EXCHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
