package io.heliograph.message.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;

/**
 * An action on the membership, the message or the room of another user. A field that does not apply is null.
 *
 * @param actor the user who acts
 * @param user the user whom it concerns
 * @param seq the message that it concerns
 * @param details fields that only this kind has
 */
public record AuditEvent(
        AuditKind kind, UUID actor, UUID room, UUID user, Long seq, String reason, JsonObject details) {

    public static AuditEvent ofRoom(AuditKind kind, UUID actor, UUID room) {
        return new AuditEvent(kind, actor, room, null, null, null, null);
    }

    public AuditEvent user(UUID id) {
        return new AuditEvent(kind, actor, room, id, seq, reason, details);
    }

    public AuditEvent message(long place, UUID sender) {
        return new AuditEvent(kind, actor, room, sender, place, reason, details);
    }

    public AuditEvent reason(String why) {
        return new AuditEvent(kind, actor, room, user, seq, why, details);
    }

    public AuditEvent details(JsonObject what) {
        return new AuditEvent(kind, actor, room, user, seq, reason, what);
    }

    /** The kinds of events. Their names are used in the database, in responses and in metrics, and never change. */
    public enum AuditKind {
        @JsonProperty("room_ban")
        ROOM_BAN,
        @JsonProperty("room_unban")
        ROOM_UNBAN,
        /** A member was removed, or an invitation withdrawn. */
        @JsonProperty("member_removal")
        MEMBER_REMOVAL,
        /** An administrator or an integrator gave a role. */
        @JsonProperty("member_role")
        MEMBER_ROLE,
        @JsonProperty("message_deletion")
        MESSAGE_DELETION,
        /** An administrator or an integrator changed a room that they do not own. */
        @JsonProperty("room_change")
        ROOM_CHANGE,
        @JsonProperty("room_deletion")
        ROOM_DELETION,
        @JsonProperty("retention_change")
        RETENTION_CHANGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static AuditKind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
