package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.metadata.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A room in the list of one of its members.
 *
 * @param name null for a direct room
 * @param members the ids of both users of a direct room
 * @param with the other user of a direct room, also if that user has left it
 * @param lastMessage null in a room that never had one
 * @param unread as {@link io.heliograph.message.message.UnreadCount} has it, like {@code mentions}
 */
public record Membership(
        UUID id,
        @Schema(nullable = true, examples = "general") String name,
        @Schema(nullable = true) String topic,
        Visibility visibility,
        RoomKind kind,

        @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<UUID> members,

        @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
        Sender with,

        @Schema(implementation = Map.class, nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
        Metadata metadata,

        Role role,
        long lastSeq,
        long rev,
        long readSeq,
        long unread,
        long mentions,
        @Schema(nullable = true) Message lastMessage,
        Instant createdAt) {}
