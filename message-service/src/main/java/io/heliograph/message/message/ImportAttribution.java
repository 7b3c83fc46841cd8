package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * Says that a message was imported, and by whom: its time and its sender are what a file claimed. {@code author} is who
 * wrote it by the name in the file, where that is no account in the room; the sender is then who imported it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportAttribution(UUID by, String author) {}
