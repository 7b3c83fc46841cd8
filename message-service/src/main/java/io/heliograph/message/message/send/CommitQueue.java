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
 * Group commit for the rooms of one lane: while one batch is being committed the next one gathers. Sends of one room
 * are stored in the order in which they came. All but {@link #submit} happens on the lane's own context.
 */
final class CommitQueue {

    /** Stores a batch; the outcomes are those of all its sends, in their order. */
    interface Commit {
        Future<List<SendResult>> commit(List<MessageBatch> batch, LockWaitPolicy lock);
    }

    private final Vertx vertx;
    private final Context context;
    private final Commit commit;
    private final int maxBatch;
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
        this.maxBatch = config.maxBatch();
        this.lingerMillis = config.linger().toMillis();
        this.contended = new ContendedRooms(vertx, context, config, commit);
    }

    /** From any thread. The answer, an outcome for each send, comes on the lane's context. */
    Future<List<SendResult>> submit(MessageBatch bundle) {
        Promise<List<SendResult>> answer = Promise.promise();
        arrivals.add(new PendingBatch(bundle, answer));
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
        if (lingerMillis == 0 || waiting.size() >= maxBatch) {
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

    private void add(PendingBatch bundle) {
        if (contended.contains(bundle.room())) {
            contended.add(bundle);
        } else {
            waiting.add(bundle);
        }
    }

    private void commitNext() {
        List<PendingBatch> batch = waiting.nextBatch(maxBatch);
        committing = true;
        commit.commit(PendingBatch.bundles(batch), LockWaitPolicy.SKIP)
                .onComplete(done -> context.runOnContext(ignored -> {
                    committing = false;
                    if (done.succeeded()) {
                        setAside(batch, done.result());
                    }
                    gather();
                    if (done.succeeded()) {
                        answer(batch, done.result());
                    } else {
                        PendingBatch.fail(batch, done.cause());
                    }
                }));
    }

    /** Moves the sends of rooms that were locked, and what waits for these rooms behind them. */
    private void setAside(List<PendingBatch> batch, List<SendResult> outcomes) {
        int from = 0;
        boolean moved = false;
        for (PendingBatch each : batch) {
            if (outcomes.get(from) instanceof SendResult.Contended) {
                contended.add(each);
                moved = true;
            }
            from += each.bundle().size();
        }
        if (moved) {
            waiting.drain().forEach(this::add);
        }
    }

    /** All but those that are contended: these are answered by a later commit. */
    static void answer(List<PendingBatch> batch, List<SendResult> outcomes) {
        int from = 0;
        for (PendingBatch each : batch) {
            int to = from + each.bundle().size();
            if (!(outcomes.get(from) instanceof SendResult.Contended)) {
                each.answer().complete(outcomes.subList(from, to));
            }
            from = to;
        }
    }
}
