package io.heliograph.message.message.send;

import io.vertx.core.Future;
import java.util.List;

/** Stores a commit group in one transaction. */
interface GroupWriter {

    /** Completes with the results of all sends of the group, in their order. */
    Future<List<SendResult>> commit(List<MessageBatch> group, LockWaitPolicy lock);
}
