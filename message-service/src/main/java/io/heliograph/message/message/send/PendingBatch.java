package io.heliograph.message.message.send;

import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** A batch that waits for its commit, and the promise of its outcomes: one for each send, in their order. */
record PendingBatch(MessageBatch batch, SendPriority priority, Promise<List<SendResult>> answer) {

    UUID room() {
        return batch.room();
    }

    static List<MessageBatch> batches(List<PendingBatch> group) {
        return group.stream().map(PendingBatch::batch).toList();
    }

    static void fail(List<PendingBatch> group, Throwable failure) {
        group.forEach(each -> each.answer.fail(failure));
    }

    /** Completes all but the contended batches, which a later commit completes. */
    static void answer(List<PendingBatch> group, List<SendResult> outcomes) {
        int from = 0;
        for (PendingBatch each : group) {
            int to = from + each.batch().size();
            if (!(outcomes.get(from) instanceof SendResult.Contended)) {
                each.answer().complete(outcomes.subList(from, to));
            }
            from = to;
        }
    }
}
