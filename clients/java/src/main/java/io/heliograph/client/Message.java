package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A message as it is now. Of one that was deleted only its place is left, and its content is empty.
 *
 * @param seq its place in the history of the room, from 1 on, without gaps
 * @param rev the number of its latest change, in the order of all changes of the room
 * @param clientId the id that its sender gave it
 * @param editedAt when its content was changed last; null if it never was
 * @param deletedAt null unless it was deleted
 * @param deletion null unless somebody else than its sender deleted it
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
     * Who deleted a message that was not theirs, and why.
     *
     * @param by null for what this version of the client does not know
     * @param reason null where none was given
     */
    public record Deletion(Deleter by, String reason) {}

    /** Whose right it was to delete a message of somebody else. */
    public enum Deleter {
        /** An owner of the room. */
        @JsonProperty("owner")
        OWNER,
        /** Somebody with a role in the whole of Heliograph. */
        @JsonProperty("moderator")
        MODERATOR,
        /** Nobody: the message was older than messages are kept. */
        @JsonProperty("retention")
        RETENTION
    }

    /**
     * Where an imported message came from.
     *
     * @param by the id of the owner of the room who imported it
     * @param author the name in the file, where it is that of no member; else null
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

    /** The same at a later revision, with these reactions. */
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
