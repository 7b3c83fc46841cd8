package io.heliograph.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/**
 * Ready while PostgreSQL responds within the timeout of a caller, over a connection that finds a table of the service.
 * Replaces the check of Quarkus, which also keeps a JDBC connection open, and which in an outage logs a stack trace at
 * every probe.
 */
public abstract class DatabaseReadiness implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);

    private static final String NAME = "PostgreSQL";

    /** Whether statements, which name no schema, find the table of this one. */
    private static final String FINDS_THE_TABLE = """
            select coalesce(to_regclass($1) = to_regclass($2 || '.' || $1), false) as found
            """;

    private final Pool pool;
    private final Duration timeout;
    private final Tuple tableAndSchema;
    private volatile boolean away;
    private volatile String problem = "";

    /** @param table any that the migrations make in {@code schema} */
    protected DatabaseReadiness(Pool pool, Duration timeout, MeterRegistry registry, String schema, String table) {
        this.pool = pool;
        this.timeout = timeout;
        this.tableAndSchema = Tuple.of(table, schema);
        Gauge.builder("heliograph.database.unavailable", this, readiness -> readiness.away ? 1 : 0)
                .description("1 if PostgreSQL did not answer, or had no tables of this service, when readiness was last"
                        + " asked for, else 0")
                .register(registry);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> findsTheTable().toCompletionStage())
                .map(found -> found ? "" : "there are no tables of this service")
                .onFailure()
                .recoverWithItem(failure -> String.valueOf(failure.getMessage()))
                .map(this::response);
    }

    private Future<Boolean> findsTheTable() {
        return pool.withConnection(
                        connection -> connection.preparedQuery(FINDS_THE_TABLE).execute(tableAndSchema))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    private HealthCheckResponse response(String found) {
        away = !found.isEmpty();
        if (away && !found.equals(problem)) {
            LOG.warnf("Not ready, by PostgreSQL: %s", found);
        }
        problem = found;
        return away ? HealthCheckResponse.down(NAME) : HealthCheckResponse.up(NAME);
    }
}
