package io.heliograph.gateway.upstream.client;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.Future;

/**
 * A request that has no connection yet.
 *
 * @param context on which the listener is called, of the event loop that acquires
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

    /** A request that waits for a connection. Used on its event loop. */
    static final class QueuedAcquire {

        private final PendingAcquire acquire;
        private final EventLoopPool loop;
        private Future<?> deadline;

        QueuedAcquire(PendingAcquire acquire, EventLoopPool loop) {
            this.acquire = acquire;
            this.loop = loop;
        }

        EventLoopPool loop() {
            return loop;
        }

        void until(Future<?> deadline) {
            this.deadline = deadline;
        }

        /** It has not to wait any more. */
        PendingAcquire end() {
            deadline.cancel(false);
            return acquire;
        }
    }
}
