package io.heliograph.message.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

    private volatile boolean away;

    StoreReadiness(Pool pool, StoreConfig config, MeterRegistry registry) {
        super(pool, config);
        Gauge.builder("heliograph.store.away", this, readiness -> readiness.away ? 1 : 0)
                .description("1 if PostgreSQL did not answer when readiness was last asked for, else 0")
                .register(registry);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> run("select 1").toCompletionStage())
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(false)
                .invoke(answered -> away = !answered)
                .map(answered -> answered ? HealthCheckResponse.up(NAME) : HealthCheckResponse.down(NAME));
    }
}
