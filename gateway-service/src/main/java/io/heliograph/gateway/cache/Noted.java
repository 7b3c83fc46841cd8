package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.proxy.Audience;
import io.heliograph.gateway.proxy.Failure;
import io.heliograph.gateway.proxy.Fetched;
import io.heliograph.gateway.task.Task;
import io.vertx.core.MultiMap;

/** Notes for operators how a fetch ended. */
record Noted(Audience audience, Task task) implements Audience {

    @Override
    public void interim(int status, MultiMap headers) {
        audience.interim(status, headers);
    }

    @Override
    public void took(long nanos) {
        audience.took(nanos);
    }

    @Override
    public int hear(int status, MultiMap headers) {
        return audience.hear(status, headers);
    }

    @Override
    public void whole(Fetched answer) {
        task.succeeded();
        audience.whole(answer);
    }

    @Override
    public Exchange taker() {
        task.succeeded();
        return audience.taker();
    }

    @Override
    public void failed(Failure failure) {
        task.failed(failure.reason());
        audience.failed(failure);
    }
}
