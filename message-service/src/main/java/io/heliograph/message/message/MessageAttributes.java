package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.rest.metadata.Metadata;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The attributes of a message that its sender gave besides the content.
 *
 * @param metadata data of the embedding application, or null
 * @param replyTo the seq of the message in the same room that this one replies to, or null; it may be deleted
 * @param mentions members of the room at the time of the send, each once
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MessageAttributes(
        @Schema(implementation = Map.class, nullable = true) Metadata metadata,
        @Schema(nullable = true) Long replyTo,
        @Schema(nullable = true) List<UUID> mentions) {

    public static final int MAX_MENTIONS = 50;

    /** The attributes of a message that has only content. */
    public static final MessageAttributes NONE = new MessageAttributes(null, null, List.of());

    /** Each may be null for none; empty metadata count as none. */
    public static MessageAttributes of(Metadata metadata, Long replyTo, List<UUID> mentions) {
        Metadata kept = metadata == null || metadata.isEmpty() ? null : metadata;
        List<UUID> each =
                mentions == null ? List.of() : mentions.stream().distinct().toList();
        return kept == null && replyTo == null && each.isEmpty() ? NONE : new MessageAttributes(kept, replyTo, each);
    }
}
