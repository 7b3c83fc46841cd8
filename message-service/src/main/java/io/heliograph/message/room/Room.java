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
 * A room as its members and, if it is public, other users see it.
 *
 * @param name null for a direct room
 * @param members the two users of a direct room, in the order of their ids, whether or not they are members
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

    /** The fields that users may change. */
    JsonObject described() {
        return JsonObject.of("name", name, "topic", topic, "visibility", visibility.text());
    }

    /** A strong entity tag: each change of a room changes one of its parts. It includes the id, so it is unique. */
    EntityTag tag() {
        return new EntityTag(id + "-" + version + "-" + rev);
    }
}
