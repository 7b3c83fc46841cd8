package io.heliograph.gateway.routing;

import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Task.TaskRecord;
import io.heliograph.gateway.task.Tasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Checks the configuration file at an interval, and applies a valid change. */
@Singleton
final class ConfigReloader {

    private static final Logger LOG = Logger.getLogger(ConfigReloader.class);

    private final Routes routes;
    private final Vertx vertx;
    private final ReloadConfig config;
    private final Tasks tasks;
    private final Counter applied;
    private final Counter rejected;

    ConfigReloader(Routes routes, Vertx vertx, ReloadConfig config, Tasks tasks, MeterRegistry registry) {
        this.routes = routes;
        this.vertx = vertx;
        this.config = config;
        this.tasks = tasks;
        this.applied = counter("applied", registry);
        this.rejected = counter("rejected", registry);
    }

    void start(@Observes StartupEvent event) {
        if (config.configFile().isPresent()) {
            schedule();
        }
    }

    private void schedule() {
        vertx.setTimer(config.configInterval().toMillis(), timer -> check());
    }

    private void check() {
        long start = System.nanoTime();
        vertx.executeBlocking(routes::reload, false)
                .onSuccess(changed -> done(changed, start))
                .onFailure(failure -> failed(failure, start))
                .onComplete(looked -> schedule());
    }

    private void done(boolean changed, long start) {
        if (changed) {
            record(start, null);
            applied.increment();
            LOG.info("The configuration was reloaded");
        }
    }

    private void failed(Throwable failure, long start) {
        record(start, failure.getMessage());
        rejected.increment();
        if (failure instanceof InvalidConfigurationException wrong) {
            LOG.errorf("The changed configuration is invalid and was rejected: %s", wrong.getMessage());
        } else {
            LOG.error("The configuration could not be read", failure);
        }
    }

    private void record(long start, String error) {
        String name = error == null ? "applied" : "rejected";
        tasks.record(TaskRecord.of(TaskKind.CONFIGURATION, name, System.nanoTime() - start, error));
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder("heliograph.gateway.config.reloads")
                .description("Changes of the configuration file that were applied or rejected")
                .tag("result", result)
                .register(registry);
    }
}
