package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;

/** Wants an answer whole, whatever it is, or not at all. */
final class BufferListener implements FetchListener {

    private final int maxBody;
    private final Promise<FetchResponse> outcome = Promise.promise();

    BufferListener(int maxBody) {
        this.maxBody = maxBody;
    }

    Future<FetchResponse> outcome() {
        return outcome.future();
    }

    @Override
    public void onLatency(long nanos) {
        // There is no exchange to be told.
    }

    @Override
    public int onHeaders(int status, MultiMap headers) {
        return maxBody;
    }

    @Override
    public void onComplete(FetchResponse response) {
        outcome.tryComplete(response);
    }

    /** Nobody takes what is too large. */
    @Override
    public Exchange handOver() {
        onFailure(UpstreamFailure.HTTP_RESPONSE_BODY_SIZE);
        return null;
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        outcome.tryFail(new FetchException(failure));
    }
}
