package io.heliograph.message.delivery;

import java.util.List;

/** The changes of a room after a revision and up to {@code upTo}; {@code more} if the room has later ones. */
public record ReplayPage(long upTo, List<Change> changes, boolean more) {

    int size() {
        return changes.stream().mapToInt(change -> change.frame().length).sum();
    }
}
