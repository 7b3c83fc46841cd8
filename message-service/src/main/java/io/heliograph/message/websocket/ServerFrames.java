package io.heliograph.message.websocket;

import static io.heliograph.message.delivery.FrameEncoder.frame;
import static io.heliograph.message.delivery.FrameEncoder.person;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** Encodes the frames for one client; {@code id} is the JSON of the id of its request, or null. */
final class ServerFrames {

    private ServerFrames() {}

    static byte[] welcome(String id, String session, Sender caller, SocketConfig config) {
        return frame("welcome", json -> {
            id(json, id);
            json.writeStringField("session", session);
            person(json, "user", caller);
            json.writeStringField("serverTime", Instant.now().toString());
            json.writeNumberField("heartbeatSeconds", config.heartbeat().toSeconds());
            json.writeObjectFieldStart("limits");
            json.writeNumberField("frameBytes", config.maxFrameBytes());
            json.writeNumberField("rooms", config.maxRooms());
            json.writeNumberField("contentCharacters", io.heliograph.message.message.send.NewMessage.MAX_CONTENT);
            json.writeEndObject();
        });
    }

    static byte[] joined(String id, UUID room, long seq, long rev, int online) {
        return frame("joined", json -> {
            id(json, id);
            room(json, room);
            json.writeNumberField("seq", seq);
            json.writeNumberField("rev", rev);
            json.writeNumberField("online", online);
        });
    }

    static byte[] left(String id, UUID room) {
        return frame("left", json -> {
            id(json, id);
            room(json, room);
        });
    }

    static byte[] ack(String id, Message message) {
        return frame("ack", json -> {
            id(json, id);
            room(json, message.room());
            json.writeStringField("clientId", message.clientId());
            json.writeNumberField("seq", message.seq());
            json.writeNumberField("rev", message.rev());
            json.writeStringField("createdAt", message.createdAt().toString());
        });
    }

    /** The current read mark. */
    static byte[] read(String id, UUID room, long seq) {
        return frame("read", json -> {
            id(json, id);
            room(json, room);
            json.writeNumberField("seq", seq);
        });
    }

    static byte[] pong(String id) {
        return frame("pong", json -> {
            id(json, id);
            json.writeStringField("serverTime", Instant.now().toString());
        });
    }

    static byte[] resync(UUID room, long after) {
        return frame("resync", json -> {
            room(json, room);
            json.writeNumberField("after", after);
        });
    }

    static byte[] drain(long reconnectAfterMillis) {
        return frame("drain", json -> json.writeNumberField("reconnectAfterMs", reconnectAfterMillis));
    }

    static byte[] error(String id, String code, String message) {
        return frame("error", json -> {
            id(json, id);
            json.writeStringField("code", code);
            json.writeStringField("message", message);
        });
    }

    private static void id(JsonGenerator json, String id) throws IOException {
        if (id != null) {
            json.writeFieldName("id");
            json.writeRawValue(id);
        }
    }

    private static void room(JsonGenerator json, UUID room) throws IOException {
        json.writeStringField("room", room.toString());
    }
}
