package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;

/** How many have reacted to a message with this emoji, and whether the one who asks is among them. */
public record ReactionCount(
        String emoji,
        long count,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean mine) {}
