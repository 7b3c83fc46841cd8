package io.heliograph.gateway.batch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Runs work in proportion to a body: inline if the body is small, else on a worker thread. */
final class WorkerOffload {

    /** To read so much takes less than a millisecond; more is read on a thread that may take its time. */
    private static final int MAX_INLINE_BYTES = 64 * 1024;

    private WorkerOffload() {}

    /** Completes on the event loop it is called on. */
    static <T> Future<T> run(Vertx vertx, int bytes, Callable<T> work) {
        if (bytes > MAX_INLINE_BYTES) {
            return vertx.executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
