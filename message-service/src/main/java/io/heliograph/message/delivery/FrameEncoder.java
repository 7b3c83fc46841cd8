package io.heliograph.message.delivery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Writes the frames of {@code heliograph.v1} as JSON, without reflection. */
public final class FrameEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of one frame. */
    public interface FrameFields {
        void write(JsonGenerator json) throws IOException;
    }

    private FrameEncoder() {}

    public static byte[] frame(String type, FrameFields fields) {
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

    /** Writes a user as a field of a frame. */
    public static void person(JsonGenerator json, String field, Sender person) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("id", person.id().toString());
        json.writeStringField("username", person.username());
        json.writeStringField("displayName", person.displayName());
        if (person.deleted()) {
            json.writeBooleanField("deleted", true);
        }
        if (person.bot()) {
            json.writeBooleanField("bot", true);
        }
        json.writeEndObject();
    }

    /** Writes the attributes that are present as fields of a frame or of a line. */
    public static void attributes(JsonGenerator json, MessageAttributes attributes) throws IOException {
        if (attributes.metadata() != null) {
            json.writeFieldName("metadata");
            json.writeRawValue(attributes.metadata().json());
        }
        if (attributes.replyTo() != null) {
            json.writeNumberField("replyTo", attributes.replyTo());
        }
        if (!attributes.mentions().isEmpty()) {
            json.writeArrayFieldStart("mentions");
            for (UUID user : attributes.mentions()) {
                json.writeString(user.toString());
            }
            json.writeEndArray();
        }
    }
}
