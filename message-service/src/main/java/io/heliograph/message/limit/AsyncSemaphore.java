package io.heliograph.message.limit;

import io.heliograph.message.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets so many pieces of work be under way at once, and others wait their turn up to a bound; past it they fail with
 * {@code 503 overloaded}. From any thread.
 */
public final class AsyncSemaphore {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int atOnce;
    private final int maxWaiting;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    public AsyncSemaphore(int atOnce, int maxWaiting) {
        this.atOnce = atOnce;
        this.maxWaiting = maxWaiting;
    }

    public <T> Future<T> admit(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable run = () -> work.get().onComplete(done).onComplete(ignored -> next());
        synchronized (this) {
            if (underWay == atOnce) {
                if (waiting.size() == maxWaiting) {
                    return Future.failedFuture(
                            Refusal.later("overloaded", "Too many requests are waiting.", RETRY_AFTER));
                }
                waiting.add(run);
                return done.future();
            }
            underWay++;
        }
        run.run();
        return done.future();
    }

    private void next() {
        Runnable run;
        synchronized (this) {
            run = waiting.poll();
            if (run == null) {
                underWay--;
            }
        }
        if (run != null) {
            run.run();
        }
    }
}
