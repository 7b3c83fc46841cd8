package io.heliograph.user.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.impl.ContextInternal;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The base of all repositories: bounds the time for which a caller waits for PostgreSQL. */
public abstract class Repository {

    private final Pool pool;
    private final DatabaseConfig config;

    protected Repository(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Uses a connection, because a query of the pool itself leaks its timer when it fails early. */
    protected Uni<RowSet<Row>> run(String sql, Object... values) {
        return onConnection(connection -> run(connection, sql, values));
    }

    protected <T> Uni<T> onConnection(Function<SqlConnection, Uni<T>> work) {
        return bounded(pool.withConnection(work));
    }

    protected <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return bounded(pool.withTransaction(work));
    }

    protected static Uni<RowSet<Row>> run(SqlConnection connection, String sql, Object... values) {
        return connection.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(values)));
    }

    protected static Optional<Row> first(RowSet<Row> rows) {
        return stream(rows).findFirst();
    }

    protected static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private <T> Uni<T> bounded(Uni<T> work) {
        return Uni.createFrom()
                .deferred(() ->
                        work.ifNoItem().after(config.timeout()).on(timers()).fail());
    }

    /**
     * The timers of the current event loop, if there is one: those of Mutiny run on another thread, which each query
     * would wake.
     */
    private static ScheduledExecutorService timers() {
        ContextInternal asking = ContextInternal.current();
        return asking == null ? Infrastructure.getDefaultWorkerPool() : asking.nettyEventLoop();
    }
}
