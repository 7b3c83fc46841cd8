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
}
