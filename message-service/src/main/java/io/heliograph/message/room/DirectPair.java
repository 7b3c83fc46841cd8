package io.heliograph.message.room;

import java.util.List;
import java.util.UUID;

/** The two users of a direct room, in the order of their ids in PostgreSQL. */
record DirectPair(UUID first, UUID second) {

    static DirectPair of(UUID one, UUID other) {
        // Not compareTo, for which the first bit is a sign.
        return one.toString().compareTo(other.toString()) < 0 ? new DirectPair(one, other) : new DirectPair(other, one);
    }

    List<UUID> people() {
        return List.of(first, second);
    }

    boolean has(UUID person) {
        return first.equals(person) || second.equals(person);
    }

    UUID[] key() {
        return new UUID[] {first, second};
    }
}
