package io.heliograph.message.message.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.http.FieldError;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.request.Text;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a message. A missing field is not changed; null clears the metadata or the mentions. */
@Schema(name = "MessageEdit")
final class MessagePatch {

    // Jackson sets the fields that are present: null if the field was left out, empty if it was null.
    @Schema(type = SchemaType.STRING)
    @JsonProperty
    Optional<@NotNull @Text(max = NewMessage.MAX_CONTENT, visible = true) String> content;

    @Schema(implementation = Map.class, nullable = true)
    @JsonProperty
    Optional<Metadata> metadata;

    @Schema(nullable = true)
    @JsonProperty
    Optional<@Size(max = MessageAttributes.MAX_MENTIONS) List<@NotNull UUID>> mentions;

    /** Throws if no field is present. */
    void check() {
        if (content == null && metadata == null && mentions == null) {
            throw ProblemException.invalid(
                    List.of(new FieldError("content", "must be there, or metadata or mentions")));
        }
    }

    String contentOf(Message message) {
        return content == null ? message.content() : content.orElseThrow();
    }

    List<UUID> mentionsOf(Message message) {
        return mentions == null
                ? message.attributes().mentions()
                : mentions.map(given -> given.stream().distinct().toList()).orElse(List.of());
    }

    /** Null for none. */
    Metadata metadataOf(Message message) {
        return metadata == null
                ? message.attributes().metadata()
                : metadata.filter(given -> !given.isEmpty()).orElse(null);
    }
}
