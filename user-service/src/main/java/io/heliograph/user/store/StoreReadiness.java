package io.heliograph.user.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready while PostgreSQL answers within the time a caller would wait, by a connection that finds the tables of this
 * service. In place of the check that Quarkus brings, which also holds a JDBC connection open, and which in an outage
 * leaves a stack trace in the log at every probe.
 */
@Readiness
@Singleton
final class StoreReadiness extends Repository implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(StoreReadiness.class);

    private static final String NAME = "PostgreSQL";

    /** Whether statements, which name no schema, find the table of this one. */
    private static final String FINDS_ITS_TABLES = """
            select coalesce(to_regclass('users') = to_regclass($1 || '.users'), false) as found
            """;

    private final String schema;
    private volatile boolean away;
    private volatile String problem = "";

    StoreReadiness(
            Pool pool,
            StoreConfig config,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.flyway.default-schema") String schema) {
        super(pool, config);
        this.schema = schema;
        Gauge.builder("heliograph.store.away", this, readiness -> readiness.away ? 1 : 0)
                .description("1 if PostgreSQL did not answer, or had no tables of this service, when readiness was last"
                        + " asked for, else 0")
                .register(registry);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return run(FINDS_ITS_TABLES, schema)
                .map(rows -> rows.iterator().next().getBoolean("found") ? "" : "there are no tables of this service")
                .onFailure()
                .recoverWithItem(failure -> String.valueOf(failure.getMessage()))
                .map(this::response);
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
