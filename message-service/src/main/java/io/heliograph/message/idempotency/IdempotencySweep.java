package io.heliograph.message.idempotency;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Deletes expired keys, some at a time. All replicas do so; rows that one has locked are skipped by the others. */
@Singleton
final class IdempotencySweep {

    private static final Logger LOG = Logger.getLogger(IdempotencySweep.class);

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    /** Some milliseconds of the database. */
    private static final int AT_ONCE = 1_000;

    private final IdempotencyRepository repository;
    private final Vertx vertx;

    IdempotencySweep(IdempotencyRepository repository, Vertx vertx) {
        this.repository = repository;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(INTERVAL.toMillis(), timer -> delete());
    }

    private void delete() {
        repository
                .deleteOld(AT_ONCE)
                .onSuccess(deleted -> {
                    if (deleted == AT_ONCE) {
                        delete();
                    }
                })
                .onFailure(failure -> LOG.debugf("Old idempotency keys will be deleted later: %s", failure));
    }
}
