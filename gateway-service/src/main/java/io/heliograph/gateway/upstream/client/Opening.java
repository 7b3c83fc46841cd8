package io.heliograph.gateway.upstream.client;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;

/**
 * A request that has no connection yet.
 *
 * @param context where the listener is called, which is of the event loop that asks
 */
record Opening(ContextInternal context, Request.Listener listener, HttpMethod method, String uri) {

    void succeed(Connection connection) {
        connection.begin(this).opened();
    }

    void fail(Throwable cause) {
        context.dispatch(cause, failure -> {
            try {
                listener.unopened(failure);
            } catch (RuntimeException e) {
                listener.crashed(e);
            }
        });
    }
}
