package io.heliograph.client;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The shared resources of the parts of one client. One lock guards the state of all parts: it is held for a computation
 * or a write to the storage, never while waiting, and no code of the program runs under it except that of the storage.
 */
final class ClientContext {

    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final long origin = System.nanoTime();
    private final Executor executor;
    private final Clock clock;
    private final EventQueue events;

    /** A timer that has not fired. */
    final class Timer {

        private Future<?> future;
        private boolean isOver;

        /** After this it does not fire. To be called under the lock. */
        void cancel() {
            isOver = true;
            future.cancel(false);
        }
    }

    ClientContext(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
        this.events = new EventQueue(executor);
    }

    Executor executor() {
        return executor;
    }

    EventQueue events() {
        return events;
    }

    /** Milliseconds of a clock that is never set. */
    long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
    }

    /** Milliseconds of the wall clock, which may be wrong, and may be set. */
    long wallMillis() {
        return clock.millis();
    }

    void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T get(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the action under the lock after this time in milliseconds, which is cut to 30 days. */
    Timer schedule(long millis, Runnable action) {
        Timer timer = new Timer();
        Runnable guarded = () -> run(() -> {
            if (!timer.isOver) {
                timer.isOver = true;
                action.run();
            }
        });
        timer.future = SharedThreads.TIMER.schedule(
                () -> executor.execute(guarded), Math.max(0, Math.min(millis, LONGEST_MILLIS)), TimeUnit.MILLISECONDS);
        return timer;
    }

    /** Runs the action under the lock with the result, or with the failure itself. */
    <T> void whenDone(CompletableFuture<T> future, BiConsumer<T, Throwable> action) {
        future.whenComplete((value, failure) -> run(() -> action.accept(value, HeliographException.unwrap(failure))));
    }

    /**
     * The future for the program: its dependent actions run on the executor and not under the lock, and cancelling it
     * cancels the inner one.
     */
    <T> CompletableFuture<T> expose(CompletableFuture<T> inner) {
        CompletableFuture<T> exposed = new CompletableFuture<>();
        inner.whenComplete((value, failure) -> executor.execute(() -> {
            if (failure == null) {
                exposed.complete(value);
            } else {
                exposed.completeExceptionally(HeliographException.unwrap(failure));
            }
        }));
        exposed.whenComplete((value, failure) -> {
            if (exposed.isCancelled()) {
                inner.cancel(true);
            }
        });
        return exposed;
    }
}
