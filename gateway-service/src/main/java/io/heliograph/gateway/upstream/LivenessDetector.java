package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Distinguishes an instance that hangs from one whose requests take long: the latter responds to a {@link HealthProbe}.
 * Used from any thread, unless a method says otherwise.
 */
final class LivenessDetector {

    private final Vertx vertx;
    private final ConnectionPool connections;
    private final long probeAfterNanos;
    private final long timeoutMillis;
    private final Runnable unresponsive;
    private final AtomicBoolean probing = new AtomicBoolean();
    /** When a request was answered last. */
    private volatile long lastResponseNanos = System.nanoTime();
    /** Whether a request has begun since a request or a probe was answered. */
    private volatile boolean waiting;
    /** When the first of these began. */
    private volatile long waitingSinceNanos = lastResponseNanos;

    /**
     * @param connections for the probes
     * @param silent called when a probe is not answered, and no request either meanwhile
     */
    LivenessDetector(Vertx vertx, ConnectionPool connections, ResilienceConfig config, Runnable silent) {
        this.vertx = vertx;
        this.connections = connections;
        this.probeAfterNanos = config.probeAfter().toNanos();
        this.timeoutMillis = config.probeTimeout().toMillis();
        this.unresponsive = silent;
    }

    /** A request has begun. That its client gives it up does not end the silence. */
    void requestStarted() {
        if (!waiting) {
            waitingSinceNanos = System.nanoTime();
            waiting = true;
        }
    }

    /** A request was answered. */
    void responseReceived(long nowNanos) {
        lastResponseNanos = nowNanos;
        waiting = false;
    }

    /** Whether no request has been answered since then. */
    boolean noResponseSince(long nanos) {
        return lastResponseNanos - nanos < 0;
    }

    /**
     * To be called now and then, on an event loop.
     *
     * @param busy whether there are requests
     */
    void probeIfDue(boolean busy, long nowNanos) {
        if (busy && !waiting) {
            // Those that were there when another was answered.
            waitingSinceNanos = nowNanos;
            waiting = true;
        }
        if (waiting && nowNanos - waitingSinceNanos >= probeAfterNanos && probing.compareAndSet(false, true)) {
            HealthProbe.send(vertx, connections, timeoutMillis, answer -> {
                probing.set(false);
                if (answer.isPresent()) {
                    waiting = false;
                } else if (noResponseSince(nowNanos)) {
                    unresponsive.run();
                }
            });
        }
    }

    /** Checks the liveness of all instances at an interval. */
    @Singleton
    static final class LivenessMonitor {

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
}
