package io.heliograph.message.search;

import io.heliograph.message.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets so many pieces of work run at once, and of one key fewer. Others wait, in the order in which they came among those
 * whose key may run one more; how many wait is bounded, also of one key. From any thread.
 */
final class FairSemaphore<K> {

    /** What waits is worked off in about this time. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How many of something there may be in all, and how many of one key. */
    record Bound(int all, int perKey) {}

    private record Waiting<K>(K key, Runnable work) {}

    private final Bound running;
    private final Bound waiting;
    private final Deque<Waiting<K>> queue = new ArrayDeque<>();
    private final Map<K, Integer> runningOf = new HashMap<>();
    private final Map<K, Integer> waitingOf = new HashMap<>();
    private int runningNow;

    FairSemaphore(Bound running, Bound waiting) {
        this.running = running;
        this.waiting = waiting;
    }

    /**
     * The result of the work. Fails with {@code 429 too_many_at_once} past what may wait of this key, with
     * {@code 503 overloaded} past what may wait in all.
     */
    <T> Future<T> run(K key, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable start = () -> started(work).onComplete(result -> {
            release(key);
            done.handle(result);
        });
        synchronized (this) {
            if (mayRun(key)) {
                acquire(key);
            } else if (waitingOf.getOrDefault(key, 0) >= waiting.perKey()) {
                return Future.failedFuture(Refusal.tooMany(
                        "too_many_at_once", "As many searches of this person wait as may wait of one.", RETRY_AFTER));
            } else if (queue.size() >= waiting.all()) {
                return Future.failedFuture(Refusal.later("overloaded", "Too many searches are waiting.", RETRY_AFTER));
            } else {
                waitingOf.merge(key, 1, Integer::sum);
                queue.add(new Waiting<>(key, start));
                return done.future();
            }
        }
        start.run();
        return done.future();
    }

    synchronized int waiting() {
        return queue.size();
    }

    private static <T> Future<T> started(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private void release(K key) {
        Runnable next;
        synchronized (this) {
            runningNow--;
            decrement(runningOf, key);
            next = next();
        }
        if (next != null) {
            next.run();
        }
    }

    private Runnable next() {
        for (Iterator<Waiting<K>> each = queue.iterator(); each.hasNext(); ) {
            Waiting<K> first = each.next();
            if (mayRun(first.key())) {
                each.remove();
                decrement(waitingOf, first.key());
                acquire(first.key());
                return first.work();
            }
        }
        return null;
    }

    private boolean mayRun(K key) {
        return runningNow < running.all() && runningOf.getOrDefault(key, 0) < running.perKey();
    }

    private void acquire(K key) {
        runningNow++;
        runningOf.merge(key, 1, Integer::sum);
    }

    private static <K> void decrement(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
