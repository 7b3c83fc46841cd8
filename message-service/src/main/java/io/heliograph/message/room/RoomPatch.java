package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.message.request.Text;
import io.heliograph.message.request.VisibleText;
import io.heliograph.rest.metadata.Metadata;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of a room. A missing field is not changed; only the topic and the metadata can be null, which clears them.
 */
final class RoomPatch {

    // Jackson sets the fields that are present: null if the field was left out, empty if it was null.
    @Schema(type = SchemaType.STRING)
    @JsonProperty
    Optional<@NotNull @Text(max = RoomResource.MAX_NAME) @RoomName String> name;

    @JsonProperty
    Optional<@Text(min = 0, max = RoomResource.MAX_TOPIC) String> topic;

    @Schema(implementation = Visibility.class)
    @JsonProperty
    Optional<@NotNull Visibility> visibility;

    @Schema(implementation = Map.class, nullable = true)
    @JsonProperty
    Optional<Metadata> metadata;

    String newName() {
        return name == null ? null : VisibleText.foldName(name.orElseThrow());
    }

    boolean changesTopic() {
        return topic != null;
    }

    String newTopic() {
        return topic == null ? null : topic.orElse(null);
    }

    boolean changesMetadata() {
        return metadata != null;
    }

    boolean changesMetadataOnly() {
        return metadata != null && name == null && topic == null && visibility == null;
    }

    String newMetadata() {
        return metadata == null
                ? null
                : metadata.filter(given -> !given.isEmpty()).map(Metadata::json).orElse(null);
    }

    String newVisibility() {
        return visibility == null ? null : visibility.orElseThrow().text();
    }
}
