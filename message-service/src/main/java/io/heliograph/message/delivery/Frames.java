package io.heliograph.message.delivery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the frames of {@code heliograph.v1} as JSON, without reflection and once each. */
public final class Frames {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of one frame. */
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Frames() {}

    public static byte[] frame(String type, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Change change(Message message) {
        return new Change(message.rev(), frame("message", json -> {
            json.writeStringField("room", message.room().toString());
            json.writeNumberField("seq", message.seq());
            json.writeNumberField("rev", message.rev());
            sender(json, message.sender());
            json.writeStringField("clientId", message.clientId());
            json.writeStringField("content", message.content());
            json.writeStringField("createdAt", message.createdAt().toString());
        }));
    }

    private static void sender(JsonGenerator json, Sender sender) throws IOException {
        json.writeObjectFieldStart("sender");
        json.writeStringField("id", sender.id().toString());
        json.writeStringField("username", sender.username());
        json.writeEndObject();
    }
}
