package io.heliograph.auth;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Decides where a signature is verified. A few at a time are verified on the caller's event loop, since a change of threads
 * costs about as much as an RS256 signature; when many unknown tokens come at once, the rest are verified on threads of
 * their own, so that requests whose tokens are known do not wait behind them.
 */
final class SignatureVerification {

    /** Verifications on event loops in one interval: with RS256 half a millisecond of it, with ES256 ten times that. */
    private static final int ON_EVENT_LOOP = 16;

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Waiting for a thread. Past it callers verify themselves, which slows down their intake. */
    private static final int MAX_WAITING = 2_000;

    private final WorkerExecutor workers;
    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger inInterval = new AtomicInteger();
    private volatile long intervalStart;

    SignatureVerification(Vertx vertx) {
        this(vertx, System::nanoTime);
    }

    SignatureVerification(Vertx vertx, LongSupplier nanoTime) {
        // Half of the processors: the event loops need the others.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.workers = vertx.createSharedWorkerExecutor("token-verification", threads);
        this.nanoTime = nanoTime;
        this.intervalStart = nanoTime.getAsLong();
    }

    /** Completes on the caller's context with what {@code verification} returns or throws. */
    <T> Future<T> run(Callable<T> verification) {
        if (!Context.isOnEventLoopThread() || mayRunHere() || waiting.get() >= MAX_WAITING) {
            try {
                return Future.succeededFuture(verification.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        }
        waiting.incrementAndGet();
        return workers.executeBlocking(verification, false).onComplete(done -> waiting.decrementAndGet());
    }

    /** The interval is approximate: threads that meet at its end may each begin a new one. */
    private boolean mayRunHere() {
        long now = nanoTime.getAsLong();
        if (now - intervalStart >= INTERVAL_NANOS) {
            intervalStart = now;
            inInterval.set(0);
        }
        return inInterval.getAndIncrement() < ON_EVENT_LOOP;
    }
}
