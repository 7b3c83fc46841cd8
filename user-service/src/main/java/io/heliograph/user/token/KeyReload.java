package io.heliograph.user.token;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks again and again whether the file with the keys has changed, and brings it into force if it is right. */
@Singleton
final class KeyReload {

    private static final Logger LOG = Logger.getLogger(KeyReload.class);

    private final SigningKeys keys;
    private final SigningConfig config;
    private final Vertx vertx;
    private final Counter taken;
    private final Counter refused;

    KeyReload(SigningKeys keys, SigningConfig config, Vertx vertx, MeterRegistry registry) {
        this.keys = keys;
        this.config = config;
        this.vertx = vertx;
        this.taken = registry.counter("heliograph.signing.keys.reloads", "result", "taken");
        this.refused = registry.counter("heliograph.signing.keys.reloads", "result", "refused");
    }

    void start(@Observes StartupEvent event) {
        schedule();
    }

    private void schedule() {
        vertx.setTimer(config.reloadInterval().toMillis(), timer -> look());
    }

    private void look() {
        vertx.executeBlocking(keys::refresh, false)
                .onSuccess(this::tell)
                .onFailure(this::refuse)
                .onComplete(looked -> schedule());
    }

    private void tell(boolean changed) {
        if (changed) {
            taken.increment();
            LOG.infof(
                    "The signing keys have changed to %s; now %s signs",
                    keys.current(), keys.signer().id());
        }
    }

    private void refuse(Throwable failure) {
        refused.increment();
        LOG.errorf("The signing keys have not changed: %s", failure.getMessage());
    }
}
