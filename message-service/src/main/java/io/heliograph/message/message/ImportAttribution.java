package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Marks a message as imported, by the user {@code by}: its time and its sender are those of a file. {@code author} is the
 * name in the file of an author without an account in the room; the sender is then the user who imported it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportAttribution(
        UUID by, @Schema(nullable = true) String author) {}
