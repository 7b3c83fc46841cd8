package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.Answer;
import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.Request;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Consumer;

/** One {@code HEAD /} of the gateway's own. Used on one event loop; the result comes exactly once. */
final class HealthProbe implements Request.Listener {

    private final Vertx vertx;
    private final Consumer<Optional<Answer>> result;
    private final long timer;
    /** Null until there is a connection. */
    private Request request;

    private boolean over;

    private HealthProbe(Vertx vertx, long timeoutMillis, Consumer<Optional<Answer>> result) {
        this.vertx = vertx;
        this.result = result;
        this.timer = vertx.setTimer(timeoutMillis, late -> end(Optional.empty()));
    }

    /** @param result the answer, or empty if none came in time; its body is not read */
    static void send(Vertx vertx, ConnectionPool connections, long timeoutMillis, Consumer<Optional<Answer>> result) {
        connections.ask(new HealthProbe(vertx, timeoutMillis, result), HttpMethod.HEAD, "/");
    }

    @Override
    public void opened(Request opened) {
        request = opened;
        if (over) {
            opened.reset();
        } else {
            opened.end();
        }
    }

    @Override
    public void unopened(Throwable cause) {
        end(Optional.empty());
    }

    @Override
    public void answered(Answer answer) {
        end(Optional.of(answer));
    }

    @Override
    public void broke(Throwable cause) {
        end(Optional.empty());
    }

    private void end(Optional<Answer> answer) {
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
