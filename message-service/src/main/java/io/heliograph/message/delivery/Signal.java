package io.heliograph.message.delivery;

/**
 * A word about a room from one replica to the others, which may be lost. The kind is of lower-case letters; the body is
 * text in UTF-8 without a line feed.
 */
public record Signal(String kind, byte[] body) {}
