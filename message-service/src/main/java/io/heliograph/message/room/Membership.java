package io.heliograph.message.room;

import io.heliograph.message.message.Message;
import java.time.Instant;
import java.util.UUID;

/** A room in the list of one of its members. {@code lastMessage} is null in a room that never had one. */
public record Membership(
        UUID id,
        String name,
        String topic,
        Visibility visibility,
        Role role,
        long lastSeq,
        long rev,
        long readSeq,
        long unread,
        Message lastMessage,
        Instant createdAt) {}
