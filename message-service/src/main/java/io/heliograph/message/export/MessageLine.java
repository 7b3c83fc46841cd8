package io.heliograph.message.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.delivery.FrameEncoder;
import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.ReactionCount;
import java.io.IOException;
import java.time.Instant;

/** A message as a line of an export, in the form in which imports read it. */
final class MessageLine {

    private MessageLine() {}

    static void write(JsonGenerator json, Message message) throws IOException {
        json.writeNumberField("seq", message.seq());
        sender(json, message);
        json.writeStringField("clientId", message.clientId());
        json.writeStringField("content", message.content());
        FrameEncoder.attributes(json, message.attributes());
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

    /** The author of an imported message whose author has no account, so that another import names the same author. */
    private static void sender(JsonGenerator json, Message message) throws IOException {
        ImportAttribution imported = message.imported();
        if (imported != null && imported.author() != null) {
            json.writeStringField("sender", imported.author());
        } else {
            json.writeStringField("sender", message.sender().username());
            json.writeStringField("senderId", message.sender().id().toString());
            json.writeStringField("senderName", message.sender().displayName());
            if (message.sender().bot()) {
                json.writeBooleanField("senderBot", true);
            }
        }
        if (imported != null) {
            json.writeStringField("importedBy", imported.by().toString());
        }
    }

    private static void time(JsonGenerator json, String field, Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(field, time.toString());
        }
    }
}
