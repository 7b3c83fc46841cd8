package io.heliograph.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads from a streaming standby if there is one, else from the primary. A result of the standby is at least as new as
 * everything that the primary had committed when the read began, so it includes whatever the caller has written or has
 * seen. A standby that is behind or fails makes a read slower, never older.
 */
@Singleton
public final class ReadPool {

    /** Of the datasource of the standby. */
    public static final String REPLICA = "replica";

    private static final Logger LOG = Logger.getLogger(ReadPool.class);

    /**
     * The insert position, not the flush position: with synchronous_commit=off a client may know of a commit before its
     * flush.
     */
    private static final String POSITION = "select pg_current_wal_insert_lsn()::text as position";

    /** A server that is not a standby, such as a promoted one, has no replay position to compare. */
    private static final String REACHED = """
            select pg_is_in_recovery() and coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false) as reached
            """;

    private final Pool primary;
    private final Optional<Pool> replica;
    private final ReadPoolConfig config;
    private final MeterRegistry registry;
    private final Vertx vertx;
    private volatile long primaryUntil = System.nanoTime();

    ReadPool(
            Pool primary,
            @ReactiveDataSource(REPLICA) InjectableInstance<Pool> replica,
            ReadPoolConfig config,
            MeterRegistry registry,
            Vertx vertx) {
        this.primary = primary;
        this.replica = replica.listActive().stream().findAny();
        this.config = config;
        this.registry = registry;
        List.of("replica", "behind", "unavailable").forEach(this::reads);
        this.vertx = vertx;
    }

    /** Of the standby, if there is one. */
    public Optional<Pool> replica() {
        return replica;
    }

    /** The rows of a query that only reads, in one statement. */
    public Future<RowSet<Row>> run(String sql, Object... values) {
        Tuple tuple = Tuple.tuple(Arrays.asList(values));
        if (replica.isEmpty()) {
            return fromPrimary(sql, tuple);
        }
        if (System.nanoTime() - primaryUntil < 0) {
            count("unavailable");
            return fromPrimary(sql, tuple);
        }
        return fromPrimary(POSITION, Tuple.tuple())
                .map(rows -> rows.iterator().next().getString("position"))
                .compose(position -> fromReplica(replica.get(), position, sql, tuple))
                .compose(rows -> rows.map(Future::succeededFuture).orElseGet(() -> fromPrimary(sql, tuple)));
    }

    /** Uses a connection, because a query of the pool itself leaks its timer when it fails early. */
    private Future<RowSet<Row>> fromPrimary(String sql, Tuple values) {
        return primary.withConnection(
                        connection -> connection.preparedQuery(sql).execute(values))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Empty if the standby has no answer, or none that is new enough. */
    private Future<Optional<RowSet<Row>>> fromReplica(Pool standby, String position, String sql, Tuple values) {
        return since(position, standby, sql, values)
                .compose(rows -> rows.isPresent()
                        ? Future.succeededFuture(rows)
                        : retryDelay().compose(waited -> since(position, standby, sql, values)))
                .timeout(config.replicaTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(rows -> count(rows.isPresent() ? "replica" : "behind"))
                .otherwise(this::useThePrimary);
    }

    private static Future<Optional<RowSet<Row>>> since(String position, Pool standby, String sql, Tuple values) {
        return standby.withConnection(connection -> since(position, connection, sql, values));
    }

    /**
     * Two statements in one round trip, because the position has to be known before the snapshot of the rows is taken.
     */
    private static Future<Optional<RowSet<Row>>> since(
            String position, SqlConnection connection, String sql, Tuple values) {
        Future<RowSet<Row>> reached = connection.preparedQuery(REACHED).execute(Tuple.of(position));
        Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(values);
        return Future.join(reached, rows).map(both -> Optional.of(rows.result())
                .filter(read -> reached.result().iterator().next().getBoolean("reached")));
    }

    private Future<Void> retryDelay() {
        Promise<Void> waited = Promise.promise();
        vertx.setTimer(config.replicaRetryDelay().toMillis(), timer -> waited.complete());
        return waited.future();
    }

    private Optional<RowSet<Row>> useThePrimary(Throwable failure) {
        LOG.warnf("The standby failed, reads go to the primary for %s: %s", config.replicaBackoff(), failure);
        primaryUntil = System.nanoTime() + config.replicaBackoff().toNanos();
        count("unavailable");
        return Optional.empty();
    }

    private void count(String outcome) {
        reads(outcome).increment();
    }

    private Counter reads(String outcome) {
        return Counter.builder("heliograph.database.reads")
                .description("Reads that a standby served, or the primary in its place, and why")
                .tag("outcome", outcome)
                .register(registry);
    }
}
