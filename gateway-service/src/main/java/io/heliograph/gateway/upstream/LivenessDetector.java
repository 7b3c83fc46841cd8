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
    /** The time of the last response. */
    private volatile long lastResponseNanos = System.nanoTime();
    /** Whether a request has started since the last response to a request or a probe. */
    private volatile boolean waiting;
    /** The start of the first of these requests. */
    private volatile long waitingSinceNanos = lastResponseNanos;

    /**
     * @param connections the connections for probes
     * @param silent is called when neither a probe nor a request gets a response
     */
    LivenessDetector(Vertx vertx, ConnectionPool connections, ResilienceConfig config, Runnable silent) {
        this.vertx = vertx;
        this.connections = connections;
        this.probeAfterNanos = config.probeAfter().toNanos();
        this.timeoutMillis = config.probeTimeout().toMillis();
        this.unresponsive = silent;
    }

    /** A request has started. If its client aborts it, the instance is still waited for. */
    void requestStarted() {
        if (!waiting) {
            waitingSinceNanos = System.nanoTime();
            waiting = true;
        }
    }

    /** The instance has responded to a request. */
    void responseReceived(long nowNanos) {
        lastResponseNanos = nowNanos;
        waiting = false;
    }

    /** Whether no response has been received since this time. */
    boolean noResponseSince(long nanos) {
        return lastResponseNanos - nanos < 0;
    }

    /**
     * Probes the instance if it has not responded for too long. To be called at an interval, on an event loop.
     *
     * @param busy whether requests are in flight
     */
    void probeIfDue(boolean busy, long nowNanos) {
        if (busy && !waiting) {
            // The requests that were in flight at the last response.
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
