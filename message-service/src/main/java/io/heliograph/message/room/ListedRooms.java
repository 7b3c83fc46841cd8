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

/** Describes a page of {@link Membership}s and one of {@link Room}s as one type, since both come from one address. */
@Schema(name = "RoomPage")
record ListedRooms(
        List<ListedRoom> items, @Schema(nullable = true) String next) {

    /** The last five, and {@code with}, are present only for rooms of the caller. */
    record ListedRoom(
            UUID id,
            @Schema(nullable = true, examples = "general") String name,
            @Schema(nullable = true) String topic,
            Visibility visibility,
            RoomKind kind,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> members,

            @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
            Sender with,

            @Schema(implementation = Map.class) @JsonInclude(JsonInclude.Include.NON_NULL)
            Metadata metadata,

            long lastSeq,
            long rev,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) Role role,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long readSeq,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long unread,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long mentions,

            @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
            Message lastMessage) {}
}
