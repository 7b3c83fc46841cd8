package io.heliograph.message.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;

/**
 * What somebody does to the membership, the message or the room of somebody else. A field that does not apply is null.
 *
 * @param actor who does it
 * @param user whom it concerns
 * @param seq of the message that it concerns
 * @param details what is peculiar to its kind
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

    /** The kinds of events. Their names are those in the database, in answers and in metrics, and never change. */
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
