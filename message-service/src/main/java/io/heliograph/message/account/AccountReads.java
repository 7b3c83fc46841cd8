package io.heliograph.message.account;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** Completes queries on one context, and schedules retries of those that failed. */
final class AccountReads {

    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final AccountMetrics metrics;

    AccountReads(Vertx vertx, Context context, AccountMetrics metrics) {
        this.vertx = vertx;
        this.context = context;
        this.metrics = metrics;
    }

    <T> void run(Future<T> query, Consumer<AsyncResult<T>> next) {
        query.onComplete(done -> context.runOnContext(ignored -> {
            metrics.read(done.succeeded());
            next.accept(done);
        }));
    }

    /** Runs the action in a later task of the event loop. */
    void later(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    void retry(Runnable action) {
        vertx.setTimer(RETRY_MILLIS, timer -> context.runOnContext(ignored -> action.run()));
    }
}
