package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.proxy.FetchListener;
import io.heliograph.gateway.proxy.FetchResponse;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.heliograph.gateway.task.Task;
import io.vertx.core.MultiMap;

/** Notes for operators how a fetch ended. */
record TaskFetchListener(FetchListener listener, Task task) implements FetchListener {

    @Override
    public void onInterimResponse(int status, MultiMap headers) {
        listener.onInterimResponse(status, headers);
    }

    @Override
    public void onLatency(long nanos) {
        listener.onLatency(nanos);
    }

    @Override
    public int onHeaders(int status, MultiMap headers) {
        return listener.onHeaders(status, headers);
    }

    @Override
    public void onComplete(FetchResponse response) {
        task.succeeded();
        listener.onComplete(response);
    }

    @Override
    public Exchange handOver() {
        task.succeeded();
        return listener.handOver();
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        task.failed(failure.reason());
        listener.onFailure(failure);
    }
}
