package io.heliograph.user.token;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Reads the file of signing keys again at an interval, and uses its keys if the file has changed and is valid. */
@Singleton
final class KeyReload {

    private static final Logger LOG = Logger.getLogger(KeyReload.class);

    private final SigningKeys keys;
    private final SigningConfig config;
    private final Vertx vertx;
    private final Counter succeeded;
    private final Counter failed;

    KeyReload(SigningKeys keys, SigningConfig config, Vertx vertx, MeterRegistry registry) {
        this.keys = keys;
        this.config = config;
        this.vertx = vertx;
        this.succeeded = registry.counter("heliograph.signing.keys.reloads", "result", "success");
        this.failed = registry.counter("heliograph.signing.keys.reloads", "result", "failure");
    }

    void start(@Observes StartupEvent event) {
        schedule();
    }

    private void schedule() {
        vertx.setTimer(config.reloadInterval().toMillis(), timer -> reload());
    }

    private void reload() {
        vertx.executeBlocking(keys::refresh, false)
                .onSuccess(this::reloaded)
                .onFailure(this::rejected)
                .onComplete(done -> schedule());
    }

    private void reloaded(boolean changed) {
        if (changed) {
            succeeded.increment();
            LOG.infof(
                    "The signing keys have changed to %s; now %s signs",
                    keys.current(), keys.signer().id());
        }
    }

    private void rejected(Throwable failure) {
        failed.increment();
        LOG.errorf("The signing keys have not changed: %s", failure.getMessage());
    }
}
