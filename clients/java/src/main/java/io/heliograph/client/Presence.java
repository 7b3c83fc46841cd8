package io.heliograph.client;

import java.time.Instant;
import java.util.List;

/**
 * A page of the users online in a room, in the order of their ids.
 *
 * @param next the {@code after} of the next page; null at the end
 * @param online the number of all users online
 */
public record Presence(List<Entry> items, String next, int online) {

    /** A user who is online since this time. */
    public record Entry(User user, Instant since) {}
}
