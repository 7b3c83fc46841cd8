package io.heliograph.message.message;

import java.util.List;

/**
 * What changed in a room after some revision, in the order of {@code rev}, each message once and as it is now. It tells
 * of everything up to and including {@code upTo}; {@code more} says that the room was ahead of that when it was read.
 */
public record ChangePage(List<Message> messages, long upTo, boolean more) {}
