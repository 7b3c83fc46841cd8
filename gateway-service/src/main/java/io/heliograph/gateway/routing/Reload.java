package io.heliograph.gateway.routing;

import io.heliograph.gateway.task.Happening;
import io.heliograph.gateway.task.Kind;
import io.heliograph.gateway.task.Tasks;
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
    private final Tasks tasks;
    private final Counter taken;
    private final Counter refused;

    Reload(Routes routes, Vertx vertx, FileConfig config, Tasks tasks, MeterRegistry registry) {
        this.routes = routes;
        this.vertx = vertx;
        this.config = config;
        this.tasks = tasks;
        this.taken = counter("taken", registry);
        this.refused = counter("refused", registry);
    }

    void start(@Observes StartupEvent event) {
        if (config.configFile().isPresent()) {
            schedule();
        }
    }

    private void schedule() {
        vertx.setTimer(config.configInterval().toMillis(), timer -> look());
    }

    private void look() {
        long start = System.nanoTime();
        vertx.executeBlocking(routes::refresh, false)
                .onSuccess(changed -> done(changed, start))
                .onFailure(failure -> failed(failure, start))
                .onComplete(looked -> schedule());
    }

    private void done(boolean changed, long start) {
        if (changed) {
            tell(start, null);
            taken.increment();
            LOG.info("The configuration has changed");
        }
    }

    private void failed(Throwable failure, long start) {
        tell(start, failure.getMessage());
        refused.increment();
        if (failure instanceof WrongConfiguration wrong) {
            LOG.errorf("The configuration has not changed, since what it would be is wrong: %s", wrong.getMessage());
        } else {
            LOG.error("The configuration could not be read", failure);
        }
    }

    private void tell(long start, String error) {
        String name = error == null ? "changed" : "refused";
        tasks.ended(Happening.of(Kind.CONFIGURATION, name, System.nanoTime() - start, error));
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder("heliograph.gateway.config.reloads")
                .description("Changes of the configuration file that came into force, or were wrong")
                .tag("result", result)
                .register(registry);
    }
}
