package io.heliograph.message.audit;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Deletes events after their retention, some at a time. */
@Singleton
final class AuditSweep {

    private static final Logger LOG = Logger.getLogger(AuditSweep.class);

    /** Some milliseconds of the database. */
    private static final int AT_ONCE = 1_000;

    private final AuditRepository repository;
    private final AuditConfig config;
    private final Vertx vertx;

    AuditSweep(AuditRepository repository, AuditConfig config, Vertx vertx) {
        this.repository = repository;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.sweepInterval().toMillis(), timer -> sweep());
    }

    private void sweep() {
        repository
                .deleteOlderThan(config.retention().toSeconds(), AT_ONCE)
                .onSuccess(deleted -> {
                    if (deleted == AT_ONCE) {
                        sweep();
                    }
                })
                .onFailure(failure -> LOG.debugf("Old audit events will be deleted later: %s", failure));
    }
}
