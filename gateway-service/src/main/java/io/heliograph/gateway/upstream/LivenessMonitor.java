package io.heliograph.gateway.upstream;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Checks the liveness of all instances at an interval. */
@Singleton
final class LivenessMonitor {

    private static final long INTERVAL_MILLIS = 500;

    private final Vertx vertx;
    private final Upstreams upstreams;

    LivenessMonitor(Vertx vertx, Upstreams upstreams) {
        this.vertx = vertx;
        this.upstreams = upstreams;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(INTERVAL_MILLIS, timer -> {
            long now = System.nanoTime();
            upstreams.all().forEach(upstream -> upstream.checkLiveness(now));
        });
    }
}
