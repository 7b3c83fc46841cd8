package io.heliograph.message.message.send;

import java.util.List;
import java.util.UUID;

/** Messages of one sender to one room that are stored together, with adjacent seqs, or not at all. There is at least one. */
record MessageBatch(List<NewMessage> sends) {

    /** In the largest commit it takes some tens of milliseconds, for which the rest of its queue waits. */
    static final int MAX_SENDS = 1_000;

    static List<NewMessage> sends(List<MessageBatch> batches) {
        return batches.stream().flatMap(batch -> batch.sends.stream()).toList();
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
