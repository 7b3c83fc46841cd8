package io.heliograph.client;

import java.time.Instant;
import java.util.List;

/**
 * A page of those who are online in a room, in the order of their ids.
 *
 * @param next the {@code after} of the next page; null at the end
 * @param online how many they are together
 */
public record Presence(List<Entry> items, String next, int online) {

    /** Somebody who is online since then. */
    public record Entry(User user, Instant since) {}
}
