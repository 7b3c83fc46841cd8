package io.heliograph.message.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The base of all repositories: bounds the time for which a caller waits for PostgreSQL. */
public abstract class Repository {

    private final Pool pool;
    private final DatabaseConfig config;

    protected Repository(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Uses a connection, because a query of the pool itself leaks its timer when it fails early. */
    protected Future<RowSet<Row>> run(String sql, Object... values) {
        return onConnection(connection -> run(connection, sql, values));
    }

    protected <T> Future<T> onConnection(Function<SqlConnection, Future<T>> work) {
        return bounded(() -> pool.withConnection(work));
    }

    protected <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return bounded(() -> pool.withTransaction(work));
    }

    protected static Future<RowSet<Row>> run(SqlConnection connection, String sql, Object... values) {
        return connection.preparedQuery(sql).execute(tuple(values));
    }

    protected static <T> List<T> list(RowSet<Row> rows, Function<Row, T> from) {
        List<T> items = new ArrayList<>(rows.size());
        rows.forEach(row -> items.add(from.apply(row)));
        return items;
    }

    /** After a failed start the pool is closed, while timers may still run: that is reported as a failure, too. */
    private <T> Future<T> bounded(Supplier<Future<T>> work) {
        Future<T> begun;
        try {
            begun = work.get();
        } catch (RuntimeException gone) {
            return Future.failedFuture(gone);
        }
        return begun.timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    static Tuple tuple(Object... values) {
        return Tuple.tuple(Arrays.asList(values));
    }
}
