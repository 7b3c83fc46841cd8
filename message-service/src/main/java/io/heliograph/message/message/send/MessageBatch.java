package io.heliograph.message.message.send;

import java.util.List;
import java.util.UUID;

/** At least one message of one sender to one room; all are stored together, with adjacent seqs, or none. */
record MessageBatch(List<NewMessage> sends) {

    /** A commit of this size takes some tens of milliseconds, in which the queue waits. */
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

    /** The sum of the weights of the messages. */
    int weight() {
        return sends.stream().mapToInt(NewMessage::weight).sum();
    }
}
