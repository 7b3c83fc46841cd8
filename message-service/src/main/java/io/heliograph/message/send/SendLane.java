package io.heliograph.message.send;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Group commit for the rooms of one lane: while one batch is being committed the next one gathers. Sends of one room
 * are stored in the order in which they came. All but {@link #submit} happens on the lane's own context.
 */
final class SendLane {

    /** Stores a batch; the outcomes are those of all its sends, in their order. */
    interface Commit {
        Future<List<Outcome>> commit(List<Bundle> batch);
    }

    private record Waiting(Bundle bundle, Promise<List<Outcome>> answer) {}

    private record Key(Object room, Object sender, String clientId) {
        static Key of(Send send) {
            return new Key(send.room(), send.sender().id(), send.clientId());
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final Commit commit;
    private final int maxBatch;
    private final long lingerMillis;

    private final Queue<Waiting> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean committing;
    private boolean lingering;

    SendLane(Vertx vertx, Context context, SendConfig config, Commit commit) {
        this.vertx = vertx;
        this.context = context;
        this.commit = commit;
        this.maxBatch = config.maxBatch();
        this.lingerMillis = config.linger().toMillis();
    }

    /** From any thread. The answer, an outcome for each send, comes on the lane's context. */
    Future<List<Outcome>> submit(Bundle bundle) {
        Promise<List<Outcome>> answer = Promise.promise();
        arrivals.add(new Waiting(bundle, answer));
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(ignored -> gather());
        }
        return answer.future();
    }

    private void gather() {
        woken.set(false);
        for (Waiting next = arrivals.poll(); next != null; next = arrivals.poll()) {
            waiting.add(next);
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

    private void commitNext() {
        List<Waiting> batch = nextBatch();
        committing = true;
        commit.commit(batch.stream().map(Waiting::bundle).toList())
                .onComplete(done -> context.runOnContext(ignored -> {
                    committing = false;
                    gather();
                    if (done.succeeded()) {
                        answer(batch, done.result());
                    } else {
                        batch.forEach(each -> each.answer.fail(done.cause()));
                    }
                }));
    }

    /**
     * As much as a batch holds, or one bundle that is larger. A repetition of a send that is in the batch already waits
     * for the next one, where the database knows the first.
     */
    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>(Math.min(waiting.size(), maxBatch));
        List<Waiting> repeated = new ArrayList<>();
        Set<Key> keys = new HashSet<>();
        while (!waiting.isEmpty()
                && (keys.isEmpty() || keys.size() + waiting.peek().bundle.size() <= maxBatch)) {
            Waiting next = waiting.poll();
            List<Key> own = next.bundle.sends().stream().map(Key::of).toList();
            if (Collections.disjoint(keys, own)) {
                keys.addAll(own);
                batch.add(next);
            } else {
                repeated.add(next);
            }
        }
        for (int i = repeated.size() - 1; i >= 0; i--) {
            waiting.addFirst(repeated.get(i));
        }
        return batch;
    }

    private static void answer(List<Waiting> batch, List<Outcome> outcomes) {
        int from = 0;
        for (Waiting each : batch) {
            int to = from + each.bundle.size();
            each.answer.complete(outcomes.subList(from, to));
            from = to;
        }
    }
}
