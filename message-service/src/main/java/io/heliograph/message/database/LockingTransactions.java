package io.heliograph.message.database;

import io.heliograph.rest.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs transactions that lock rows which another transaction, such as that of a frozen replica, may hold for seconds.
 * They hold a bounded part of the connections: a transaction waits for a lock for a short time only, then it is rolled
 * back and queues in memory, by row; from these queues a bounded number of transactions wait for their locks in
 * PostgreSQL. A caller gets {@code 503 store_unavailable} after the timeout of the store. Thread-safe.
 */
@Singleton
public final class LockingTransactions {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Pool pool;
    private final VertxInternal vertx;
    private final DatabaseConfig config;
    private final RowQueues queues;
    private final Counter contended;

    LockingTransactions(Pool pool, Vertx vertx, DatabaseConfig config, MeterRegistry registry) {
        this.pool = pool;
        this.vertx = (VertxInternal) vertx;
        this.config = config;
        this.queues = new RowQueues(config.maxQueuedPerRow(), config.maxLockWaits());
        this.contended = Counter.builder("heliograph.database.lock.contended")
                .description("Transactions that did not get a row lock within their first, short wait")
                .register(registry);
        Gauge.builder("heliograph.database.lock.queue", queues, RowQueues::queued)
                .description("Transactions that wait in memory for a row that another transaction holds")
                .register(registry);
    }

    /**
     * @param row identifies the row that the transaction locks first: the id of a room or of a user
     * @param work the statements on the connection; repeated from the beginning if a lock was not available. The first
     *     statement is sent together with the begin of the transaction.
     */
    public <T> Future<T> run(Object row, Function<SqlConnection, Future<T>> work) {
        Transaction<T> transaction = new Transaction<>(work, vertx.getOrCreateContext());
        if (!queues.add(row, transaction)) {
            return Future.failedFuture(ProblemException.unavailable(
                    "overloaded", "Too many changes wait for the same room or person.", RETRY_AFTER));
        }
        return transaction
                .result()
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    transaction.abandon();
                    queues.remove(row, transaction);
                });
    }

    private final class Transaction<T> implements RowQueues.Task {

        private final Function<SqlConnection, Future<T>> work;
        private final Context context;
        private final Promise<T> result;
        private final long deadlineNanos = System.nanoTime() + config.timeout().toNanos();
        private volatile boolean wanted = true;

        Transaction(Function<SqlConnection, Future<T>> work, ContextInternal context) {
            this.work = work;
            this.context = context;
            this.result = context.promise();
        }

        Future<T> result() {
            return result.future();
        }

        void abandon() {
            wanted = false;
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public Future<Boolean> attempt(boolean waits) {
            Promise<Boolean> over = Promise.promise();
            if (Vertx.currentContext() == context) {
                attempt(waits, over);
            } else {
                context.runOnContext(ignored -> attempt(waits, over));
            }
            return over.future();
        }

        private void attempt(boolean waits, Promise<Boolean> over) {
            execute(work, lockTimeoutMillis(waits)).onComplete(done -> {
                boolean locked = done.failed() && isLockTimeout(done.cause());
                if (locked && !waits) {
                    contended.increment();
                }
                if (!locked) {
                    result.handle(done);
                }
                over.complete(!locked);
            });
        }

        private long lockTimeoutMillis(boolean waits) {
            if (!waits) {
                return config.firstLockTimeout().toMillis();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            return Math.max(1, Math.min(left, config.lockTimeout().toMillis()));
        }
    }

    private <T> Future<T> execute(Function<SqlConnection, Future<T>> work, long lockTimeoutMillis) {
        return pool.withConnection(connection -> {
            Future<?> begun = connection
                    .query("begin; set local lock_timeout = " + lockTimeoutMillis)
                    .execute();
            Future<T> done = apply(work, connection);
            return Future.join(begun, done).transform(both -> end(connection, begun, done));
        });
    }

    private static <T> Future<T> apply(Function<SqlConnection, Future<T>> work, SqlConnection connection) {
        try {
            return work.apply(connection);
        } catch (RuntimeException defect) {
            return Future.failedFuture(defect);
        }
    }

    private static <T> Future<T> end(SqlConnection connection, Future<?> begun, Future<T> done) {
        if (begun.succeeded() && done.succeeded()) {
            return connection.query("commit").execute().map(done.result());
        }
        Throwable failure = begun.failed() ? begun.cause() : done.cause();
        return connection.query("rollback").execute().transform(ended -> Future.failedFuture(failure));
    }

    private static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException refused && LOCK_NOT_AVAILABLE.equals(refused.getSqlState());
    }
}
