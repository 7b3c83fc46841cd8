package io.heliograph.gateway.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks again and again whether the configuration has changed, and brings it into force if it is right. */
@Singleton
final class Reload {

    private static final Logger LOG = Logger.getLogger(Reload.class);

    private final Routes routes;
    private final Vertx vertx;
    private final FileConfig config;
    private final Counter taken;
    private final Counter refused;

    Reload(Routes routes, Vertx vertx, FileConfig config, MeterRegistry registry) {
        this.routes = routes;
        this.vertx = vertx;
        this.config = config;
        this.taken = counter("taken", registry);
        this.refused = counter("refused", registry);
    }

    void start(@Observes StartupEvent event) {
        if (config.configFile().isPresent()) {
            schedule();
        }
    }

    private void schedule() {
        vertx.setTimer(config.configInterval().toMillis(), timer -> vertx.executeBlocking(routes::refresh, false)
                .onSuccess(this::done)
                .onFailure(this::failed)
                .onComplete(looked -> schedule()));
    }

    private void done(boolean changed) {
        if (changed) {
            taken.increment();
            LOG.info("The configuration has changed");
        }
    }

    private void failed(Throwable failure) {
        refused.increment();
        if (failure instanceof WrongConfiguration wrong) {
            LOG.errorf("The configuration has not changed, since what it would be is wrong: %s", wrong.getMessage());
        } else {
            LOG.error("The configuration could not be read", failure);
        }
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder("heliograph.gateway.config.reloads")
                .description("Changes of the configuration file that came into force, or were wrong")
                .tag("result", result)
                .register(registry);
    }
}
