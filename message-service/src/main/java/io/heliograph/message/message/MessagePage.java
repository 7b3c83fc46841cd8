package io.heliograph.message.message;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Part of a room's history; {@code next} is the value to ask on with, or null at the end. */
public record MessagePage(
        List<Message> items, @Schema(nullable = true) Long next) {}
