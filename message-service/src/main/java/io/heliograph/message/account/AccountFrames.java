package io.heliograph.message.account;

import static io.heliograph.message.delivery.FrameEncoder.frame;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.UUID;

/** Encodes account events. */
final class AccountFrames {

    private AccountFrames() {}

    /** The first frame: later changes follow as events, and earlier ones are in {@code sync}. */
    static byte[] account(long rev, boolean partial) {
        return frame("account", json -> {
            json.writeNumberField("accountRev", rev);
            if (partial) {
                json.writeBooleanField("partial", true);
            }
        });
    }

    /** {@code rev} is null for a change that is not numbered. */
    static byte[] roomAdded(Long rev, MembershipState added) {
        return frame("room_added", json -> {
            rev(json, rev);
            describe(json, added.room());
            json.writeStringField("role", added.role());
            json.writeNumberField("lastSeq", added.lastSeq());
            json.writeNumberField("rev", added.rev());
            json.writeNumberField("readSeq", added.readSeq());
        });
    }

    static byte[] roomRemoved(Long rev, UUID room) {
        return frame("room_removed", json -> {
            rev(json, rev);
            json.writeStringField("room", room.toString());
        });
    }

    /** @param role the new role of the user; null if it has not changed */
    static byte[] roomUpdated(RoomDescription room, String role) {
        return frame("room_updated", json -> {
            describe(json, room);
            if (role != null) {
                json.writeStringField("role", role);
            }
        });
    }

    static byte[] unread(UUID room, long lastSeq, long readSeq, Unread unread) {
        return frame("unread", json -> {
            json.writeStringField("room", room.toString());
            json.writeNumberField("lastSeq", lastSeq);
            json.writeNumberField("readSeq", readSeq);
            json.writeNumberField("unread", unread.messages());
            json.writeNumberField("mentions", unread.mentions());
        });
    }

    private static void rev(JsonGenerator json, Long rev) throws IOException {
        if (rev != null) {
            json.writeNumberField("accountRev", rev);
        }
    }

    private static void describe(JsonGenerator json, RoomDescription room) throws IOException {
        json.writeStringField("room", room.id().toString());
        json.writeStringField("name", room.name());
        json.writeStringField("topic", room.topic());
        json.writeStringField("visibility", room.visibility());
        json.writeStringField("kind", room.direct().isEmpty() ? "group" : "direct");
        if (!room.direct().isEmpty()) {
            json.writeArrayFieldStart("members");
            for (UUID member : room.direct()) {
                json.writeString(member.toString());
            }
            json.writeEndArray();
        }
        if (room.metadata() != null) {
            json.writeFieldName("metadata");
            json.writeRawValue(room.metadata().json());
        }
        json.writeStringField("createdAt", room.createdAt().toString());
    }
}
