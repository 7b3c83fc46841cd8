package io.heliograph.message.message.send;

import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** A bundle that waits for its commit, and the promise of its outcomes: one for each send, in their order. */
record PendingBundle(Bundle bundle, Promise<List<Outcome>> answer) {

    UUID room() {
        return bundle.room();
    }

    static List<Bundle> bundles(List<PendingBundle> batch) {
        return batch.stream().map(PendingBundle::bundle).toList();
    }

    static void fail(List<PendingBundle> batch, Throwable failure) {
        batch.forEach(each -> each.answer.fail(failure));
    }
}
