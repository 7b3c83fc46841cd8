package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Somebody by the names others see. One whose account was deleted has names that say so, and share them with others.
 *
 * @param bot whether it is a service account
 */
public record Sender(
        UUID id,
        @Schema(examples = "ada") String username,
        @Schema(examples = "Ada Lovelace") String displayName,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bot) {

    /** A person. */
    public Sender(UUID id, String username, String displayName, boolean deleted) {
        this(id, username, displayName, deleted, false);
    }
}
