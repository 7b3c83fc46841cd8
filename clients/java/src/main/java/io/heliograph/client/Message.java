package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The current state of a message. Of a deleted message only the place is left, and its content is empty.
 *
 * @param seq its place in the history of the room, from 1 on, without gaps
 * @param rev the number of its latest change, in the order of all changes of the room
 * @param clientId the id that its sender gave it
 * @param editedAt the time of the last change of its content; null if there was none
 * @param deletedAt null unless it was deleted
 * @param deletion null unless another user than its sender deleted it
 * @param imported null unless it was imported
 * @param metadata data of the program that sent it, with numbers as {@link java.math.BigDecimal} where they have a
 *     fraction; null for none
 * @param replyTo the {@code seq} of the message that it replies to, which may be deleted; null for none
 * @param mentions ids of users
 */
public record Message(
        String room,
        long seq,
        long rev,
        User sender,
        String clientId,
        String content,
        Instant createdAt,
        Instant editedAt,
        Instant deletedAt,
        Deletion deletion,
        List<Reaction> reactions,
        Imported imported,
        Map<String, Object> metadata,
        Long replyTo,
        List<String> mentions) {

    /**
     * The deletion of a message by another user than its sender.
     *
     * @param by null for a value that this version of the client does not know
     * @param reason null if none was given
     */
    public record Deletion(Deleter by, String reason) {}

    /** By which right a message of another user was deleted. */
    public enum Deleter {
        /** An owner of the room. */
        @JsonProperty("owner")
        OWNER,
        /** An integrator or an administrator. */
        @JsonProperty("moderator")
        MODERATOR,
        /** The retention period of the message has ended. */
        @JsonProperty("retention")
        RETENTION
    }

    /**
     * The origin of an imported message.
     *
     * @param by the id of the owner of the room who imported it
     * @param author the name in the file if it is not that of a member; else null
     */
    public record Imported(String by, String author) {}

    public Message {
        content = content == null ? "" : content;
        reactions = reactions == null ? List.of() : List.copyOf(reactions);
        mentions = mentions == null ? List.of() : List.copyOf(mentions);
        metadata = metadata == null ? null : Collections.unmodifiableMap(metadata);
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** This message at a later revision, with these reactions. */
    Message with(long newRev, List<Reaction> newReactions) {
        return new Message(
                room,
                seq,
                newRev,
                sender,
                clientId,
                content,
                createdAt,
                editedAt,
                deletedAt,
                deletion,
                newReactions,
                imported,
                metadata,
                replyTo,
                mentions);
    }
}
