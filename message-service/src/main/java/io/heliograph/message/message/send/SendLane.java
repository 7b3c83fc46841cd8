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
final class SendLane {

    /** Stores a batch; the outcomes are those of all its sends, in their order. */
    interface Commit {
        Future<List<Outcome>> commit(List<Bundle> batch, RowLock lock);
    }

    private final Vertx vertx;
    private final Context context;
    private final Commit commit;
    private final int maxBatch;
    private final long lingerMillis;

    private final ContendedRooms contended;
    private final Queue<PendingBundle> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final PendingBundles waiting = new PendingBundles();
    private boolean committing;
    private boolean lingering;

    SendLane(Vertx vertx, Context context, SendConfig config, Commit commit) {
        this.vertx = vertx;
        this.context = context;
        this.commit = commit;
        this.maxBatch = config.maxBatch();
        this.lingerMillis = config.linger().toMillis();
        this.contended = new ContendedRooms(vertx, context, config, commit);
    }

    /** From any thread. The answer, an outcome for each send, comes on the lane's context. */
    Future<List<Outcome>> submit(Bundle bundle) {
        Promise<List<Outcome>> answer = Promise.promise();
        arrivals.add(new PendingBundle(bundle, answer));
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(ignored -> gather());
        }
        return answer.future();
    }

    private void gather() {
        woken.set(false);
        for (PendingBundle next = arrivals.poll(); next != null; next = arrivals.poll()) {
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

    private void add(PendingBundle bundle) {
        if (contended.contains(bundle.room())) {
            contended.add(bundle);
        } else {
            waiting.add(bundle);
        }
    }

    private void commitNext() {
        List<PendingBundle> batch = waiting.nextBatch(maxBatch);
        committing = true;
        commit.commit(PendingBundle.bundles(batch), RowLock.SKIP)
                .onComplete(done -> context.runOnContext(ignored -> {
                    committing = false;
                    if (done.succeeded()) {
                        setAside(batch, done.result());
                    }
                    gather();
                    if (done.succeeded()) {
                        answer(batch, done.result());
                    } else {
                        PendingBundle.fail(batch, done.cause());
                    }
                }));
    }

    /** Moves the sends of rooms that were locked, and what waits for these rooms behind them. */
    private void setAside(List<PendingBundle> batch, List<Outcome> outcomes) {
        int from = 0;
        boolean moved = false;
        for (PendingBundle each : batch) {
            if (outcomes.get(from) instanceof Outcome.Contended) {
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
    static void answer(List<PendingBundle> batch, List<Outcome> outcomes) {
        int from = 0;
        for (PendingBundle each : batch) {
            int to = from + each.bundle().size();
            if (!(outcomes.get(from) instanceof Outcome.Contended)) {
                each.answer().complete(outcomes.subList(from, to));
            }
            from = to;
        }
    }
}
