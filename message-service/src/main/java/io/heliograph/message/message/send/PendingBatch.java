package io.heliograph.message.message.send;

import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** A bundle that waits for its commit, and the promise of its outcomes: one for each send, in their order. */
record PendingBatch(MessageBatch bundle, Promise<List<SendResult>> answer) {

    UUID room() {
        return bundle.room();
    }

    static List<MessageBatch> bundles(List<PendingBatch> batch) {
        return batch.stream().map(PendingBatch::bundle).toList();
    }

    static void fail(List<PendingBatch> batch, Throwable failure) {
        batch.forEach(each -> each.answer.fail(failure));
    }
}
