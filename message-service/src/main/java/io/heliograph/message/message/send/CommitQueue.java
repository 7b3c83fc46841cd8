package io.heliograph.message.message.send;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Group commit for the rooms of one queue: while one group of batches is being committed, the next one gathers. The
 * sends of one room are stored in the order of their arrival. Everything but {@link #submit} runs on the context of the
 * queue.
 */
final class CommitQueue {

    /** Stores a group of batches; the outcomes are those of all its sends, in their order. */
    interface Commit {
        Future<List<SendResult>> commit(List<MessageBatch> group, LockWaitPolicy lock);
    }

    private final Vertx vertx;
    private final Context context;
    private final Commit commit;
    private final int maxCommitSize;
    private final long lingerMillis;

    private final ContendedRooms contended;
    private final Queue<PendingBatch> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final BatchBuffer waiting = new BatchBuffer();
    private boolean committing;
    private boolean lingering;

    CommitQueue(Vertx vertx, Context context, SendConfig config, Commit commit) {
        this.vertx = vertx;
        this.context = context;
        this.commit = commit;
        this.maxCommitSize = config.maxCommitSize();
        this.lingerMillis = config.linger().toMillis();
        this.contended = new ContendedRooms(vertx, context, config, commit);
    }

    /** From any thread. Completes on the context of the queue with an outcome for each send, in their order. */
    Future<List<SendResult>> submit(MessageBatch batch) {
        Promise<List<SendResult>> answer = Promise.promise();
        arrivals.add(new PendingBatch(batch, answer));
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(ignored -> gather());
        }
        return answer.future();
    }

    private void gather() {
        woken.set(false);
        for (PendingBatch next = arrivals.poll(); next != null; next = arrivals.poll()) {
            add(next);
        }
        if (committing || waiting.isEmpty()) {
            return;
        }
        if (lingerMillis == 0 || waiting.size() >= maxCommitSize) {
            commitNext();
        } else if (!lingering) {
            lingering = true;
            vertx.setTimer(lingerMillis, timer -> context.runOnContext(ignored -> endLinger()));
        }
    }

    private void endLinger() {
        lingering = false;
        if (!committing && !waiting.isEmpty()) {
            commitNext();
        }
    }

    private void add(PendingBatch batch) {
        if (contended.contains(batch.room())) {
            contended.add(batch);
        } else {
            waiting.add(batch);
        }
    }

    private void commitNext() {
        List<PendingBatch> group = waiting.nextGroup(maxCommitSize);
        committing = true;
        commit.commit(PendingBatch.batches(group), LockWaitPolicy.SKIP)
                .onComplete(done -> context.runOnContext(ignored -> {
                    committing = false;
                    if (done.succeeded()) {
                        setAside(group, done.result());
                    }
                    gather();
                    if (done.succeeded()) {
                        answer(group, done.result());
                    } else {
                        PendingBatch.fail(group, done.cause());
                    }
                }));
    }

    /** Moves the sends of rooms that were locked, and the later sends of these rooms, to {@link ContendedRooms}. */
    private void setAside(List<PendingBatch> group, List<SendResult> outcomes) {
        int from = 0;
        boolean moved = false;
        for (PendingBatch each : group) {
            if (outcomes.get(from) instanceof SendResult.Contended) {
                contended.add(each);
                moved = true;
            }
            from += each.batch().size();
        }
        if (moved) {
            waiting.drain().forEach(this::add);
        }
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
