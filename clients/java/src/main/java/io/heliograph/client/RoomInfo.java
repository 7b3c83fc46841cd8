package io.heliograph.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a list says of a room. What is the caller's own ({@code role}, {@code readSeq}, {@code unread}, {@code mentions}) is null in lists
 * that are the same for everybody.
 *
 * @param name null for a direct room
 * @param topic null if the room has none
 * @param members the ids of the two people of a direct room; null for another room
 * @param with the other person of a direct room; null for another room, and where the list does not say
 * @param metadata data of the program that made it; null for none
 * @param lastSeq the {@code seq} of the latest message; 0 in an empty room
 * @param rev the number of the latest change
 * @param online how many people are online in it; null where the list does not say
 * @param lastMessage null in an empty room, and where the list does not say
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

    /** This room with another description, which may say nothing of the role. */
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
