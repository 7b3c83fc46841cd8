package io.heliograph.message.message;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Part of a room's history; {@code next} is the value for the next page, or null at the end. */
public record MessagePage(
        List<Message> items, @Schema(nullable = true) Long next) {}
