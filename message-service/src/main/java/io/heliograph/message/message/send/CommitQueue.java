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
 * Group commit for the rooms of one queue: while one group of batches is being committed, the next one is collected.
 * The sends of one room and priority are stored in the order of their arrival. A group has sends of one priority. All
 * methods except {@link #submit} run on the context of the queue.
 */
final class CommitQueue {

    private final Vertx vertx;
    private final Context context;
    private final GroupWriter commit;
    private final int maxCommitSize;
    private final long lingerMillis;

    private final ContendedRooms contended;
    private final Queue<PendingBatch> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final BatchBuffer waiting = new BatchBuffer();
    private final BackgroundSends background;
    private boolean committing;
    private boolean lingering;

    CommitQueue(Vertx vertx, Context context, SendConfig config, LiveTraffic live, GroupWriter commit) {
        this.vertx = vertx;
        this.context = context;
        this.commit = commit;
        this.maxCommitSize = config.maxCommitSize();
        this.lingerMillis = config.linger().toMillis();
        this.background = new BackgroundSends(config, live);
        this.contended = new ContendedRooms(vertx, context, config, commit, this::release);
    }

    /** Thread-safe. Completes on the context of the queue with an outcome for each send, in their order. */
    Future<List<SendResult>> submit(MessageBatch batch, SendPriority priority) {
        Promise<List<SendResult>> answer = Promise.promise();
        arrivals.add(new PendingBatch(batch, priority, answer));
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
        commitWhatIsDue();
    }

    private void commitWhatIsDue() {
        if (committing) {
            return;
        }
        if (background.isDue()) {
            commit(background.nextGroup(), SendPriority.BACKGROUND);
            return;
        }
        if (waiting.isEmpty()) {
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
        boolean live = batch.priority() == SendPriority.LIVE;
        boolean locked = contended.contains(batch.room());
        if (live && locked) {
            contended.add(batch);
        } else if (live) {
            waiting.add(batch);
        } else if (locked || background.holds(batch.room())) {
            // Between the end of a contention and the release, sends that are held are still committed first.
            background.hold(batch);
        } else {
            background.add(batch);
        }
    }

    /** To be called when a room is no longer contended. */
    private void release() {
        background.release().forEach(this::add);
        commitWhatIsDue();
    }

    private void commitNext() {
        commit(waiting.nextGroup(maxCommitSize), SendPriority.LIVE);
    }

    private void commit(List<PendingBatch> group, SendPriority priority) {
        committing = true;
        commit.commit(PendingBatch.batches(group), LockWaitPolicy.SKIP)
                .onComplete(done -> context.runOnContext(ignored -> {
                    committing = false;
                    if (priority == SendPriority.BACKGROUND) {
                        awaitTurn(background.pause());
                    }
                    if (done.succeeded()) {
                        setAside(group, done.result());
                    }
                    gather();
                    if (done.succeeded()) {
                        PendingBatch.answer(group, done.result());
                    } else {
                        PendingBatch.fail(group, done.cause());
                    }
                }));
    }

    private void awaitTurn(long millis) {
        if (millis > 0) {
            vertx.setTimer(millis, timer -> context.runOnContext(ignored -> commitWhatIsDue()));
        }
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
            background.drain().forEach(this::add);
        }
    }
}
