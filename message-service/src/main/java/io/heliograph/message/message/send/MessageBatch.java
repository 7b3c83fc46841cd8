package io.heliograph.message.message.send;

import java.util.List;
import java.util.UUID;

/** Sends of one sender to one room that take effect together, side by side, or not at all. There is at least one. */
record MessageBatch(List<NewMessage> sends) {

    /** In the largest commit it takes some tens of milliseconds, for which the rest of its lane waits. */
    static final int MAX_SENDS = 1_000;

    static List<NewMessage> sends(List<MessageBatch> bundles) {
        return bundles.stream().flatMap(bundle -> bundle.sends.stream()).toList();
    }

    UUID room() {
        return sends.get(0).room();
    }

    int size() {
        return sends.size();
    }

    /** As of a {@link NewMessage}. */
    int weight() {
        return sends.stream().mapToInt(NewMessage::weight).sum();
    }
}
