package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message with its current content, at its place in the room. {@code rev} is that of its latest change. Of a deleted
 * message only the place is left, and its content is empty. {@code imported} is null for a message that was sent,
 * {@code deletion} for one that its sender deleted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        UUID room,
        long seq,
        long rev,
        @JsonIgnore long createdRev,
        Sender sender,
        String clientId,
        @Schema(examples = "Hello") String content,
        Instant createdAt,
        @Schema(nullable = true) Instant editedAt,
        @Schema(nullable = true) Instant deletedAt,
        List<ReactionCount> reactions,
        @Schema(nullable = true) ImportAttribution imported,
        @Schema(nullable = true) Deletion deletion,
        @JsonUnwrapped MessageAttributes attributes) {

    /** A message that was sent. */
    public static Message sent(
            UUID room, long seq, long rev, Sender sender, String clientId, String content, Instant createdAt) {
        return sent(room, seq, rev, sender, clientId, content, createdAt, null, MessageAttributes.NONE);
    }

    /** A message with attributes, which was imported if {@code imported} is not null. */
    public static Message sent(
            UUID room,
            long seq,
            long rev,
            Sender sender,
            String clientId,
            String content,
            Instant createdAt,
            ImportAttribution imported,
            MessageAttributes attributes) {
        return new Message(
                room,
                seq,
                rev,
                rev,
                sender,
                clientId,
                content,
                createdAt,
                null,
                null,
                List.of(),
                imported,
                null,
                attributes);
    }

    /**
     * A strong entity tag: each change of a message has a new rev, except a change of its sender's names. It includes
     * the room and the seq, so that it is unique.
     */
    public EntityTag tag() {
        return new EntityTag(room + "-" + seq + "-" + rev);
    }

    /** The number of users who have reacted with this emoji. */
    public long countOf(String emoji) {
        return reactions.stream()
                .filter(each -> each.emoji().equals(emoji))
                .mapToLong(ReactionCount::count)
                .sum();
    }
}
