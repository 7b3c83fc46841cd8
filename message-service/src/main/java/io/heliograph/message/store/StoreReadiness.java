package io.heliograph.message.store;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while PostgreSQL answers within the time a caller would wait; Redis may be away. In place of the check that
 * Quarkus brings, which also holds a JDBC connection open, and which in an outage leaves a stack trace in the log at
 * every probe.
 */
@Readiness
@Singleton
final class StoreReadiness extends Repository implements AsyncHealthCheck {

    private static final String NAME = "PostgreSQL";

    StoreReadiness(Pool pool, StoreConfig config) {
        super(pool, config);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> run("select 1").toCompletionStage())
                .replaceWith(HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }
}
