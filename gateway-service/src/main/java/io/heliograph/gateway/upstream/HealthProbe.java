package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A {@code HEAD /} that the gateway sends to an instance. Used on one event loop; the result is delivered exactly once.
 */
final class HealthProbe implements UpstreamRequest.Listener {

    private final Vertx vertx;
    private final Consumer<Optional<UpstreamResponse>> result;
    private final long timer;
    /** Null until connected. */
    private UpstreamRequest request;

    private boolean over;

    private HealthProbe(Vertx vertx, long timeoutMillis, Consumer<Optional<UpstreamResponse>> result) {
        this.vertx = vertx;
        this.result = result;
        this.timer = vertx.setTimer(timeoutMillis, late -> end(Optional.empty()));
    }

    /** @param result gets the response, or empty if there was none in time; its body is not read */
    static void send(
            Vertx vertx, ConnectionPool connections, long timeoutMillis, Consumer<Optional<UpstreamResponse>> result) {
        connections.acquire(new HealthProbe(vertx, timeoutMillis, result), HttpMethod.HEAD, "/");
    }

    @Override
    public void onConnected(UpstreamRequest opened) {
        request = opened;
        if (over) {
            opened.reset();
        } else {
            opened.end();
        }
    }

    @Override
    public void onConnectFailure(Throwable cause) {
        end(Optional.empty());
    }

    @Override
    public void onResponse(UpstreamResponse response) {
        end(Optional.of(response));
    }

    @Override
    public void onFailure(Throwable cause) {
        end(Optional.empty());
    }

    private void end(Optional<UpstreamResponse> answer) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        if (request != null) {
            request.reset();
        }
        result.accept(answer);
    }

    /**
     * Detects by {@link HealthProbe}s when an instance that drained or did not respond is back. No request of a client
     * is
     * used as a trial.
     */
    static final class RecoveryProbe {

        /** The pause between two probes. */
        private static final long INTERVAL_MILLIS = 500;

        /** The timeout of a probe: a process that has just started may be slow. */
        private static final long TIMEOUT_MILLIS = 5_000;

        private static final int UNAVAILABLE = 503;

        private final Vertx vertx;
        private final ConnectionPool connections;
        private final BooleanSupplier wanted;
        private final Runnable recovered;
        private final AtomicBoolean started = new AtomicBoolean();

        /**
         * @param wanted whether the result is still of interest; checked before each probe
         * @param returned is called once, when the instance responds and does not drain
         */
        RecoveryProbe(Vertx vertx, ConnectionPool connections, BooleanSupplier wanted, Runnable returned) {
            this.vertx = vertx;
            this.connections = connections;
            this.wanted = wanted;
            this.recovered = returned;
        }

        /** Starts probing on the current event loop. Without effect while probing. */
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

        /** Whether this response means that the instance drains. */
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
}
