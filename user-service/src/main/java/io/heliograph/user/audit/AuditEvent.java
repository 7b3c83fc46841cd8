package io.heliograph.user.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An action on an account or a session, or an attempt at one. {@code outcome} is {@code done} or the code of the
 * problem; a field that does not apply is null.
 *
 * @param user the account that it concerns
 * @param by the actor, where that is someone else
 * @param roles the new roles of the account, where they changed
 * @param reason what the actor gave as the reason
 * @param until when it ends
 */
public record AuditEvent(
        Kind kind, String outcome, UUID user, UUID session, UUID by, List<String> roles, String reason, Instant until) {

    private static final String DONE = "done";

    public static AuditEvent done(Kind kind, UUID user) {
        return new AuditEvent(kind, DONE, user, null, null, null, null, null);
    }

    /** {@code user} is null if there is no such account. */
    public static AuditEvent refused(Kind kind, UUID user, String code) {
        return new AuditEvent(kind, code, user, null, null, null, null, null);
    }

    /** With the session that the action was done in, or that it concerns. */
    public AuditEvent session(UUID id) {
        return new AuditEvent(kind, outcome, user, id, by, roles, reason, until);
    }

    public AuditEvent by(UUID other) {
        return new AuditEvent(kind, outcome, user, session, other, roles, reason, until);
    }

    public AuditEvent roles(List<String> present) {
        return new AuditEvent(kind, outcome, user, session, by, present, reason, until);
    }

    public AuditEvent reason(String why) {
        return new AuditEvent(kind, outcome, user, session, by, roles, why, until);
    }

    public AuditEvent until(Instant end) {
        return new AuditEvent(kind, outcome, user, session, by, roles, reason, end);
    }

    /** The kinds of events. Their names are those in log lines and meters and never change. */
    public enum Kind {
        REGISTRATION,
        SIGN_IN,
        REFRESH,
        /** A refresh token that was spent within the reuse interval, and got the same tokens again. */
        REFRESH_REPEAT,
        /** A refresh token that was spent earlier than that. */
        REFRESH_REUSE,
        SIGN_OUT,
        /** A session that another user, or another session, has ended. */
        SESSION_REVOCATION,
        PASSWORD_CHANGE,
        /** A password was hashed again, at the configured cost. */
        REHASH,
        ROLE_CHANGE,
        ACCOUNT_BAN,
        /** A ban was lifted, or has ended. */
        ACCOUNT_UNBAN,
        ACCOUNT_DELETION,
        SERVICE_ACCOUNT_CREATION,
        SERVICE_ACCOUNT_DELETION,
        /** A service account got a new secret; if it had two, the older one ended. */
        SECRET_ROTATION,
        /** A secret of a service account was deleted. */
        SECRET_REVOCATION,
        /** A service account got a token for itself. */
        CLIENT_TOKEN,
        /** A service account got a token for a user. */
        TOKEN_EXCHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
