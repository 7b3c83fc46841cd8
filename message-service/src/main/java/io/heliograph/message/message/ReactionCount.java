package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The number of users who reacted to a message with this emoji, and whether the caller is among them. */
public record ReactionCount(
        String emoji,
        long count,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean mine) {}
