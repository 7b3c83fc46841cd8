package io.heliograph.client;

import java.time.Instant;

/**
 * What a list says of a room. What is the caller's own ({@code role}, {@code readSeq}, {@code unread}) is null in lists
 * that are the same for everybody.
 *
 * @param topic null if the room has none
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
        Role role,
        long lastSeq,
        long rev,
        Long readSeq,
        Long unread,
        Integer online,
        Message lastMessage,
        Instant createdAt) {}
