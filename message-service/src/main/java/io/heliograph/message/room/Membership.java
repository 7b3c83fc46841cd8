package io.heliograph.message.room;

import io.heliograph.message.message.Message;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A room in the list of one of its members. {@code lastMessage} is null in a room that never had one; {@code unread} and
 * {@code mentions} are those of {@link io.heliograph.message.message.UnreadCount}.
 */
public record Membership(
        UUID id,
        @Schema(examples = "general") String name,
        @Schema(nullable = true) String topic,
        Visibility visibility,
        Role role,
        long lastSeq,
        long rev,
        long readSeq,
        long unread,
        long mentions,
        @Schema(nullable = true) Message lastMessage,
        Instant createdAt) {}
