package io.heliograph.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A room in a list. The fields of the caller ({@code role}, {@code readSeq}, {@code unread}, {@code mentions}) are null
 * in lists that are the same for all users.
 *
 * @param name null for a direct room
 * @param topic null if the room has none
 * @param members the ids of the two users of a direct room; null for another room
 * @param with the other user of a direct room; null for another room, and if not in the list
 * @param metadata data of the program that created it; null for none
 * @param lastSeq the {@code seq} of the latest message; 0 in an empty room
 * @param rev the number of the latest change
 * @param online the number of users online; null if not in the list
 * @param lastMessage null in an empty room, and if not in the list
 */
public record RoomInfo(
        String id,
        String name,
        String topic,
        Visibility visibility,
        RoomKind kind,
        List<String> members,
        User with,
        Map<String, Object> metadata,
        Role role,
        long lastSeq,
        long rev,
        Long readSeq,
        Long unread,
        Long mentions,
        Integer online,
        Message lastMessage,
        Instant createdAt) {

    /** Whether its description, and the role of the caller, are the same. */
    boolean isDescribedLike(RoomInfo other) {
        return Objects.equals(name, other.name)
                && Objects.equals(topic, other.topic)
                && visibility == other.visibility
                && role == other.role
                && Objects.equals(metadata, other.metadata);
    }

    /** This room with another description, which may have no role. */
    RoomInfo describedAs(RoomInfo other) {
        return new RoomInfo(
                id,
                other.name,
                other.topic,
                other.visibility,
                other.kind,
                other.members,
                with,
                other.metadata,
                other.role == null ? role : other.role,
                lastSeq,
                rev,
                readSeq,
                unread,
                mentions,
                online,
                lastMessage,
                createdAt);
    }
}
