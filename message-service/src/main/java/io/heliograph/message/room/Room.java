package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A room as users see it who may know of it.
 *
 * @param name null for a direct room
 * @param members the two people of a direct room, in the order of their ids, whether they are in it or not
 * @param version counts the changes of name, topic, visibility and metadata
 */
public record Room(
        UUID id,
        @Schema(nullable = true, examples = "general") String name,
        @Schema(nullable = true) String topic,
        Visibility visibility,
        RoomKind kind,

        @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<UUID> members,

        @Schema(implementation = Map.class, nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
        Metadata metadata,

        long lastSeq,
        long rev,
        @JsonIgnore long version,
        Instant createdAt) {

    /** What of it people may change. */
    JsonObject described() {
        return JsonObject.of("name", name, "topic", topic, "visibility", visibility.text());
    }

    /** Strong: nothing of a room changes without one of these. It names the room, so that no other room has it. */
    EntityTag tag() {
        return new EntityTag(id + "-" + version + "-" + rev);
    }
}
