package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;

/** Wants an answer whole, whatever it is, or not at all. */
final class Collecting implements Audience {

    private final int maxBody;
    private final Promise<Fetched> outcome = Promise.promise();

    Collecting(int maxBody) {
        this.maxBody = maxBody;
    }

    Future<Fetched> outcome() {
        return outcome.future();
    }

    @Override
    public void took(long nanos) {
        // There is no exchange to be told.
    }

    @Override
    public int hear(int status, MultiMap headers) {
        return maxBody;
    }

    @Override
    public void whole(Fetched answer) {
        outcome.tryComplete(answer);
    }

    /** Nobody takes what is too large. */
    @Override
    public Exchange taker() {
        failed(Failure.HTTP_RESPONSE_BODY_SIZE);
        return null;
    }

    @Override
    public void failed(Failure failure) {
        outcome.tryFail(new FetchFailed(failure));
    }
}
