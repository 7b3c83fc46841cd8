package io.heliograph.message.limit;

import io.heliograph.rest.problem.ProblemException;
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
 * Bounds the work that runs concurrently, in total and per key. Further work waits, bounded in total and per key, and
 * starts in the order of its arrival as soon as its key permits it. A permit is released however the work ends, also by
 * an exception. Thread-safe.
 */
public final class AsyncSemaphore<K> {

    /** The queue is empty again in about this time. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** The limits in total and per key. */
    public record Bound(int all, int perKey) {

        /** A limit in total only. */
        static Bound ofAll(int all) {
            return new Bound(all, Integer.MAX_VALUE);
        }
    }

    private record QueuedWork<K>(K key, Runnable work) {}

    private final Bound running;
    private final Bound waiting;
    private final Deque<QueuedWork<K>> queue = new ArrayDeque<>();
    private final Map<K, Integer> runningOf = new HashMap<>();
    private final Map<K, Integer> waitingOf = new HashMap<>();
    private int runningNow;

    public AsyncSemaphore(Bound running, Bound waiting) {
        this.running = running;
        this.waiting = waiting;
    }

    /** For {@linkplain #run(Supplier) work without a key}. */
    public AsyncSemaphore(int running, int waiting) {
        this(Bound.ofAll(running), Bound.ofAll(waiting));
    }

    /** As {@link #run(Object, Supplier)}, without a key. */
    public <T> Future<T> run(Supplier<Future<T>> work) {
        return run(null, work);
    }

    /**
     * The result of the work. Fails with {@code 429 too_many_at_once} if the queue of this key is full, with {@code 503
     * overloaded} if the whole queue is.
     */
    public <T> Future<T> run(K key, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable start = () -> start(work).onComplete(result -> {
            release(key);
            done.handle(result);
        });
        synchronized (this) {
            if (mayRun(key)) {
                acquire(key);
            } else if (waitingOf.getOrDefault(key, 0) >= waiting.perKey()) {
                return Future.failedFuture(ProblemException.tooManyRequests(
                        "too_many_at_once",
                        "As many requests of this kind are waiting as may wait for one caller.",
                        RETRY_AFTER));
            } else if (queue.size() >= waiting.all()) {
                return Future.failedFuture(ProblemException.unavailable(
                        "overloaded", "Too many requests of this kind are waiting.", RETRY_AFTER));
            } else {
                waitingOf.merge(key, 1, Integer::sum);
                queue.add(new QueuedWork<>(key, start));
                return done.future();
            }
        }
        start.run();
        return done.future();
    }

    public synchronized int waiting() {
        return queue.size();
    }

    private static <T> Future<T> start(Supplier<Future<T>> work) {
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
        for (Iterator<QueuedWork<K>> each = queue.iterator(); each.hasNext(); ) {
            QueuedWork<K> first = each.next();
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
