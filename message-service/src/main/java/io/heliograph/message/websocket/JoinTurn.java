package io.heliograph.message.websocket;

import io.heliograph.message.overload.Arrival;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** A join that waits for admission; it is never admitted if its socket is closed by then. */
final class JoinTurn implements Arrival {

    private final ResponseWriter responses;
    private final Promise<Void> admitted = Promise.promise();

    JoinTurn(ResponseWriter responses) {
        this.responses = responses;
    }

    /** Fails with {@code overloaded} if too many wait. Completes on any thread. */
    Future<Void> admitted() {
        return admitted.future();
    }

    @Override
    public Kind kind() {
        return Kind.JOIN;
    }

    @Override
    public void admit() {
        admitted.complete();
    }

    @Override
    public void reject(Duration retryAfter) {
        admitted.fail(ProblemException.unavailable("overloaded", "Too many joins are waiting.", retryAfter));
    }

    @Override
    public boolean isPresent() {
        return !responses.isClosed();
    }
}
