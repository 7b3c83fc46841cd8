package io.heliograph.gateway.upstream.client;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;

/**
 * A request that has no connection yet.
 *
 * @param context where the listener is called, which is of the event loop that asks
 */
record PendingAcquire(ContextInternal context, UpstreamRequest.Listener listener, HttpMethod method, String uri) {

    void succeed(UpstreamConnection connection) {
        connection.startRequest(this).notifyConnected();
    }

    void fail(Throwable cause) {
        context.dispatch(cause, failure -> {
            try {
                listener.onConnectFailure(failure);
            } catch (RuntimeException e) {
                listener.onDefect(e);
            }
        });
    }
}
