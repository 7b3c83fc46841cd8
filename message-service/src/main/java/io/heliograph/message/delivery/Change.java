package io.heliograph.message.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.message.ChangePage;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.ReactionCount;
import io.heliograph.message.message.Sender;
import java.io.IOException;
import java.util.List;

/**
 * A durable change of a room: its position in the order of the room, and its frame, as JSON in UTF-8.
 * {@code committedMillis} is when this replica knew of the commit, as Unix time; 0 if the change was read back later.
 */
public record Change(long rev, long committedMillis, byte[] frame) {

    /** A message, as it is now. */
    public static Change sent(Message message) {
        return now(message, FrameEncoder.frame("message", json -> {
            place(json, message);
            origin(json, message);
            content(json, message);
            later(json, message);
        }));
    }

    /** A message that has been changed, as it is now. */
    public static Change updated(Message message) {
        return now(message, FrameEncoder.frame("updated", json -> {
            place(json, message);
            origin(json, message);
            content(json, message);
            later(json, message);
        }));
    }

    /** A deleted message, of which only the position is left. */
    public static Change deleted(Message message) {
        return now(message, FrameEncoder.frame("deleted", json -> {
            place(json, message);
            origin(json, message);
            json.writeStringField("deletedAt", message.deletedAt().toString());
            deletion(json, message);
        }));
    }

    /** A reaction that was added to a message or removed, with the number of reactions with this emoji. */
    public static Change reaction(Message message, Sender user, String emoji, boolean added) {
        return now(message, FrameEncoder.frame("reaction", json -> {
            place(json, message);
            FrameEncoder.person(json, "user", user);
            json.writeStringField("emoji", emoji);
            json.writeBooleanField("added", added);
            json.writeNumberField("count", message.countOf(emoji));
        }));
    }

    /** The changes that a subscription which knows every message up to {@code known} needs. */
    static List<Change> since(long known, ChangePage changes) {
        return changes.messages().stream().map(message -> since(known, message)).toList();
    }

    private static Change since(long known, Message message) {
        Change change = message.createdRev() > known
                ? sent(message)
                : message.deletedAt() == null ? updated(message) : deleted(message);
        return new Change(change.rev, 0, change.frame);
    }

    private static Change now(Message message, byte[] frame) {
        return new Change(message.rev(), System.currentTimeMillis(), frame);
    }

    private static void place(JsonGenerator json, Message message) throws IOException {
        json.writeStringField("room", message.room().toString());
        json.writeNumberField("seq", message.seq());
        json.writeNumberField("rev", message.rev());
    }

    /** Fields of the sending, so that each frame, except that of a reaction, holds the complete message. */
    private static void origin(JsonGenerator json, Message message) throws IOException {
        FrameEncoder.person(json, "sender", message.sender());
        json.writeStringField("clientId", message.clientId());
        json.writeStringField("createdAt", message.createdAt().toString());
        if (message.imported() != null) {
            json.writeObjectFieldStart("imported");
            json.writeStringField("by", message.imported().by().toString());
            if (message.imported().author() != null) {
                json.writeStringField("author", message.imported().author());
            }
            json.writeEndObject();
        }
    }

    private static void content(JsonGenerator json, Message message) throws IOException {
        json.writeStringField("content", message.content());
        FrameEncoder.attributes(json, message.attributes());
    }

    /** The state of a message that may have changed since it was sent. */
    private static void later(JsonGenerator json, Message message) throws IOException {
        if (message.editedAt() != null) {
            json.writeStringField("editedAt", message.editedAt().toString());
        }
        if (message.deletedAt() != null) {
            json.writeStringField("deletedAt", message.deletedAt().toString());
            deletion(json, message);
        }
        if (!message.reactions().isEmpty()) {
            reactions(json, message.reactions());
        }
    }

    private static void deletion(JsonGenerator json, Message message) throws IOException {
        if (message.deletion() != null) {
            json.writeObjectFieldStart("deletion");
            json.writeStringField("by", message.deletion().by().text());
            if (message.deletion().reason() != null) {
                json.writeStringField("reason", message.deletion().reason());
            }
            json.writeEndObject();
        }
    }

    private static void reactions(JsonGenerator json, List<ReactionCount> reactions) throws IOException {
        json.writeArrayFieldStart("reactions");
        for (ReactionCount reaction : reactions) {
            json.writeStartObject();
            json.writeStringField("emoji", reaction.emoji());
            json.writeNumberField("count", reaction.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
