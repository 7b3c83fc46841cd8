package io.heliograph.message.delivery;

import io.heliograph.message.message.Sender;
import java.util.UUID;

/**
 * An event of a room that is not stored: its frame, as JSON in UTF-8, and the user who does not get it, or null. It has
 * no position in the order of the room and is dropped first for a slow consumer.
 */
public record EphemeralEvent(UUID except, byte[] frame) {

    /** A user types. */
    public static EphemeralEvent typing(UUID room, Sender user) {
        return new EphemeralEvent(user.id(), FrameEncoder.frame("typing", json -> {
            json.writeStringField("room", room.toString());
            FrameEncoder.person(json, "user", user);
        }));
    }

    /**
     * A user has read everything up to {@code seq}, or with {@code forced} has set the mark to it, possibly backwards.
     * The other sockets of the user get it too.
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

    /** The username or the display name of a user has changed. */
    public static EphemeralEvent profile(Sender user) {
        return new EphemeralEvent(null, FrameEncoder.frame("profile", json -> FrameEncoder.person(json, "user", user)));
    }

    /** An event of the embedding application; {@code data} is JSON. All subscribers get it, including the sender. */
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
