package io.heliograph.message.delivery;

import java.util.List;

/** What changed in a room after a revision and up to {@code upTo}, where the room had {@code more}. */
public record ReplayPage(long upTo, List<Change> changes, boolean more) {

    int size() {
        return changes.stream().mapToInt(change -> change.frame().length).sum();
    }
}
