package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Detects by {@link HealthProbe}s when an instance that drained or did not respond is back. No request of a client is
 * used as a trial.
 */
final class RecoveryProbe {

    /** From the end of one try to the next. */
    private static final long INTERVAL_MILLIS = 500;

    /** Of one try: a process that has just started may be slow. */
    private static final long TIMEOUT_MILLIS = 5_000;

    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final ConnectionPool connections;
    private final BooleanSupplier wanted;
    private final Runnable recovered;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * @param wanted whether the result is still of interest; checked before each probe
     * @param returned called once, when something answers that does not go
     */
    RecoveryProbe(Vertx vertx, ConnectionPool connections, BooleanSupplier wanted, Runnable returned) {
        this.vertx = vertx;
        this.connections = connections;
        this.wanted = wanted;
        this.recovered = returned;
    }

    /** On an event loop, which it keeps to. Without effect while it is at work. */
    void start() {
        if (started.compareAndSet(false, true)) {
            tryLater();
        }
    }

    private void tryLater() {
        vertx.setTimer(INTERVAL_MILLIS, timer -> {
            if (wanted.getAsBoolean()) {
                HealthProbe.send(
                        vertx,
                        connections,
                        TIMEOUT_MILLIS,
                        answer -> tried(answer.isPresent()
                                && !isDraining(
                                        answer.get().status(), answer.get().header(HttpHeaders.RETRY_AFTER))));
            } else {
                started.set(false);
            }
        });
    }

    /** Whether this response says that the instance drains. */
    static boolean isDraining(int status, String retryAfter) {
        return status == UNAVAILABLE && "0".equals(retryAfter);
    }

    private void tried(boolean isBack) {
        if (isBack) {
            started.set(false);
            recovered.run();
        } else {
            tryLater();
        }
    }
}
