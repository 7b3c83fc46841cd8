package io.heliograph.message.message;

import java.util.List;

/**
 * The changes of a room after a revision, in the order of {@code rev}, each message once and in its current state. It
 * is complete up to and including {@code upTo}; {@code more} if the room had later changes when it was read.
 */
public record ChangePage(List<Message> messages, long upTo, boolean more) {}
