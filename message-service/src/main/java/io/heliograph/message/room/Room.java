package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A room as users see it who may know of it. {@code version} counts the changes of name, topic and visibility. */
public record Room(
        UUID id,
        @Schema(examples = "general") String name,
        @Schema(nullable = true) String topic,
        Visibility visibility,
        long lastSeq,
        long rev,
        @JsonIgnore long version,
        Instant createdAt) {

    /** Strong: nothing of a room changes without one of these. It names the room, so that no other room has it. */
    EntityTag tag() {
        return new EntityTag(id + "-" + version + "-" + rev);
    }
}
