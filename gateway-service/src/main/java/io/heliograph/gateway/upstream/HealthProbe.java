package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@code HEAD /} that the gateway sends to an instance. Used on one event loop; the result is given exactly once.
 */
final class HealthProbe implements UpstreamRequest.Listener {

    private final Vertx vertx;
    private final Consumer<Optional<UpstreamResponse>> result;
    private final long timer;
    /** Null until there is a connection. */
    private UpstreamRequest request;

    private boolean over;

    private HealthProbe(Vertx vertx, long timeoutMillis, Consumer<Optional<UpstreamResponse>> result) {
        this.vertx = vertx;
        this.result = result;
        this.timer = vertx.setTimer(timeoutMillis, late -> end(Optional.empty()));
    }

    /** @param result the answer, or empty if none came in time; its body is not read */
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
}
