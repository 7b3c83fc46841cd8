package io.heliograph.message.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.ReactionCount;
import java.io.IOException;
import java.time.Instant;

/** A message as a line of an export, in the form in which imports read it. */
final class MessageLine {

    private MessageLine() {}

    static void write(JsonGenerator json, Message message) throws IOException {
        json.writeNumberField("seq", message.seq());
        json.writeStringField("sender", message.sender().username());
        json.writeStringField("senderId", message.sender().id().toString());
        json.writeStringField("senderName", message.sender().displayName());
        json.writeStringField("clientId", message.clientId());
        json.writeStringField("content", message.content());
        json.writeStringField("createdAt", message.createdAt().toString());
        time(json, "editedAt", message.editedAt());
        if (!message.reactions().isEmpty()) {
            json.writeObjectFieldStart("reactions");
            for (ReactionCount reaction : message.reactions()) {
                json.writeNumberField(reaction.emoji(), reaction.count());
            }
            json.writeEndObject();
        }
    }

    private static void time(JsonGenerator json, String field, Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(field, time.toString());
        }
    }
}
