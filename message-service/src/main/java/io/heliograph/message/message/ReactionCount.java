package io.heliograph.message.message;

/** How many have reacted to a message with this emoji. */
public record ReactionCount(String emoji, long count) {}
