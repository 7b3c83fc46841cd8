package io.heliograph.message.delivery;

import io.heliograph.message.message.Sender;
import java.util.UUID;

/**
 * An event of a room that is not stored: its frame, as JSON in UTF-8, and the user who does not get it, or null. It has
 * no position in the order of the room and is dropped first for a slow consumer.
 */
public record EphemeralEvent(UUID except, byte[] frame) {

    /** Somebody writes. */
    public static EphemeralEvent typing(UUID room, Sender user) {
        return new EphemeralEvent(user.id(), FrameEncoder.frame("typing", json -> {
            json.writeStringField("room", room.toString());
            FrameEncoder.person(json, "user", user);
        }));
    }

    /**
     * Somebody has read everything up to {@code seq}, or with {@code forced} has set the mark there, which may be further
     * back; sent to that person's other sockets too.
     */
    public static EphemeralEvent read(UUID room, Sender user, long seq, boolean forced) {
        return new EphemeralEvent(null, FrameEncoder.frame("read", json -> {
            json.writeStringField("room", room.toString());
            FrameEncoder.person(json, "user", user);
            json.writeNumberField("seq", seq);
            if (forced) {
                json.writeBooleanField("forced", true);
            }
        }));
    }

    /** Somebody has other names. */
    public static EphemeralEvent profile(Sender user) {
        return new EphemeralEvent(null, FrameEncoder.frame("profile", json -> FrameEncoder.person(json, "user", user)));
    }

    /** An event of the embedder's own; {@code data} is JSON. It goes to all, the sender's own sockets among them. */
    public static EphemeralEvent custom(UUID room, Sender sender, String name, String data) {
        return new EphemeralEvent(null, FrameEncoder.frame("event", json -> {
            json.writeStringField("room", room.toString());
            json.writeStringField("name", name);
            json.writeFieldName("data");
            json.writeRawValue(data);
            FrameEncoder.person(json, "sender", sender);
        }));
    }

    /** A user came online or went offline; {@code online} are in the room now. */
    public static EphemeralEvent presence(UUID room, Sender user, boolean came, int online) {
        return new EphemeralEvent(user.id(), FrameEncoder.frame("presence", json -> {
            json.writeStringField("room", room.toString());
            FrameEncoder.person(json, "user", user);
            json.writeStringField("state", came ? "online" : "offline");
            json.writeNumberField("online", online);
        }));
    }
}
