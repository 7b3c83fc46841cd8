package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A user with the names that others see. All deleted accounts have the same names, which say that they are deleted.
 *
 * @param bot whether it is a service account
 */
public record Sender(
        UUID id,
        @Schema(examples = "ada") String username,
        @Schema(examples = "Ada Lovelace") String displayName,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bot) {

    /** A user that is not a service account. */
    public Sender(UUID id, String username, String displayName, boolean deleted) {
        this(id, username, displayName, deleted, false);
    }
}
