package io.heliograph.user.database;

import io.heliograph.database.DatabaseReadiness;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/** Depends on PostgreSQL alone: without Redis the service still works. */
@Readiness
@Singleton
final class PostgresReadiness extends DatabaseReadiness {

    PostgresReadiness(
            Pool pool,
            DatabaseConfig config,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.flyway.default-schema") String schema) {
        super(pool, config.timeout(), registry, schema, "users");
    }
}
