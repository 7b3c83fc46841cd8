package io.heliograph.message.database;

import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Batches small lookups into few queries: a single lookup is sent at once; lookups that arrive while a query runs are
 * sent together in the next one. Thousands of clients that reconnect cost some queries, not thousands. Thread-safe.
 */
public final class QueryBatcher<Q, A> {

    /** The waiting queries take some batches of a few milliseconds each. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private record Asked<Q, A>(Q question, Promise<A> answer) {}

    private final int maxBatch;
    private final int maxWaiting;
    private final Function<List<Q>, Future<List<A>>> query;
    private final Queue<Asked<Q, A>> waiting = new ArrayDeque<>();
    private boolean underWay;

    /** @param query answers all questions of a list, in their order */
    public QueryBatcher(int maxBatch, int maxWaiting, Function<List<Q>, Future<List<A>>> query) {
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.query = query;
    }

    /** Fails with the failure of the query, or with {@code 503 overloaded} when too many wait. */
    public Future<A> ask(Q question) {
        Asked<Q, A> asked = new Asked<>(question, Promise.promise());
        synchronized (this) {
            if (waiting.size() == maxWaiting) {
                return Future.failedFuture(ProblemException.unavailable(
                        "overloaded", "Too many requests are waiting for the data store.", COME_BACK));
            }
            waiting.add(asked);
            if (underWay) {
                return asked.answer.future();
            }
            underWay = true;
        }
        queryNext();
        return asked.answer.future();
    }

    /** Whether no query runs, and none waits. */
    public synchronized boolean isIdle() {
        return !underWay;
    }

    private void queryNext() {
        List<Asked<Q, A>> batch = next();
        if (!batch.isEmpty()) {
            // Composed, because what the query throws is a failure too.
            Future.succeededFuture(batch.stream().map(Asked::question).toList())
                    .compose(query)
                    .onComplete(done -> {
                        queryNext();
                        answer(batch, done);
                    });
        }
    }

    private synchronized List<Asked<Q, A>> next() {
        List<Asked<Q, A>> batch = new ArrayList<>();
        while (batch.size() < maxBatch && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        underWay = !batch.isEmpty();
        return batch;
    }

    private static <Q, A> void answer(List<Asked<Q, A>> batch, AsyncResult<List<A>> done) {
        for (int i = 0; i < batch.size(); i++) {
            if (done.succeeded()) {
                batch.get(i).answer.complete(done.result().get(i));
            } else {
                batch.get(i).answer.fail(done.cause());
            }
        }
    }
}
