package io.heliograph.user.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads from a streaming standby if there is one, else from the primary. What the standby answers is at least as new as
 * everything the primary had committed when the read began: whatever its caller has written, or has been shown by
 * anyone, is in it. A standby that is behind or away costs a little time and no truth.
 */
@Singleton
public final class ReadPool extends Repository {

    static final String REPLICA = "replica";

    private static final Logger LOG = Logger.getLogger(ReadPool.class);

    /** What is inserted, not what is flushed: an answer may have been given before its flush (synchronous_commit). */
    private static final String POSITION = """
            select pg_current_wal_insert_lsn()::text as position
            """;

    /** Positions say nothing about a server that follows nobody, such as one that was promoted. */
    private static final String REACHED = """
            select pg_is_in_recovery() and coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false) as reached
            """;

    private final Optional<Pool> replica;
    private final StoreConfig config;
    private final MeterRegistry registry;
    private final Vertx vertx;
    private volatile long restingUntil = System.nanoTime();

    ReadPool(
            Pool primary,
            @ReactiveDataSource(REPLICA) InjectableInstance<Pool> replica,
            StoreConfig config,
            MeterRegistry registry,
            Vertx vertx) {
        super(primary, config);
        this.replica = replica.listActive().stream().findAny();
        this.config = config;
        this.registry = registry;
        List.of("replica", "behind", "away").forEach(this::reads);
        this.vertx = vertx;
    }

    Optional<Pool> replica() {
        return replica;
    }

    /** Of a query that only reads, in one statement. */
    public Uni<RowSet<Row>> read(String sql, Object... values) {
        if (replica.isEmpty()) {
            return run(sql, values);
        }
        if (System.nanoTime() - restingUntil < 0) {
            count("away");
            return run(sql, values);
        }
        return run(POSITION)
                .map(rows -> rows.iterator().next().getString("position"))
                .flatMap(position -> fromReplica(position, sql, values))
                .flatMap(rows -> rows.map(Uni.createFrom()::item).orElseGet(() -> run(sql, values)));
    }

    /** Empty if the standby has no answer, or none that is new enough. */
    private Uni<Optional<RowSet<Row>>> fromReplica(String position, String sql, Object... values) {
        Uni<Optional<RowSet<Row>>> attempt =
                replica.orElseThrow().withConnection(connection -> since(position, connection, sql, values));
        return attempt.flatMap(rows -> rows.isPresent()
                        ? Uni.createFrom().item(rows)
                        : patience().flatMap(waited -> attempt))
                .ifNoItem()
                .after(config.replicaTimeout())
                .fail()
                .invoke(rows -> count(rows.isPresent() ? "replica" : "behind"))
                .onFailure()
                .recoverWithItem(this::rest);
    }

    /** Two statements, since the position has to be known before the snapshot of the rows is taken; one round trip. */
    private static Uni<Optional<RowSet<Row>>> since(
            String position, SqlConnection connection, String sql, Object... values) {
        Uni<Boolean> reached = run(connection, REACHED, position)
                .map(rows -> rows.iterator().next().getBoolean("reached"));
        return Uni.combine()
                .all()
                .unis(reached, run(connection, sql, values))
                .collectFailures()
                .with((isReached, rows) -> isReached ? Optional.of(rows) : Optional.empty());
    }

    /** By a timer of the loop that asks, which goes on with the request. */
    private Uni<Long> patience() {
        long millis = config.replicaPatience().toMillis();
        return Uni.createFrom().emitter(waited -> vertx.setTimer(millis, waited::complete));
    }

    private Optional<RowSet<Row>> rest(Throwable failure) {
        LOG.warnf("The standby failed, reads go to the primary for %s: %s", config.replicaRest(), failure);
        restingUntil = System.nanoTime() + config.replicaRest().toNanos();
        count("away");
        return Optional.empty();
    }

    private void count(String outcome) {
        reads(outcome).increment();
    }

    private Counter reads(String outcome) {
        return Counter.builder("heliograph.store.reads")
                .description("Reads that a standby served, or the primary in its place, and why")
                .tag("outcome", outcome)
                .register(registry);
    }
}
