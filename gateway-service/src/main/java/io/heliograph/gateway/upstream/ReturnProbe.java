package io.heliograph.gateway.upstream;

import io.heliograph.gateway.http1.Answer;
import io.heliograph.gateway.http1.ConnectionPool;
import io.heliograph.gateway.http1.Request;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.function.BooleanSupplier;

/**
 * Finds out when another process serves at the address of an instance that said that it goes, by a {@code HEAD /} of the
 * gateway's own: no request of a client is tried there. Used on one event loop.
 */
final class ReturnProbe {

    /** From the end of one try to the next. */
    private static final long INTERVAL_MILLIS = 500;

    /** Of one try: a process that has just started may be slow. */
    private static final long TIMEOUT_MILLIS = 5_000;

    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final ConnectionPool connections;
    private final BooleanSupplier wanted;
    private final Runnable returned;

    /**
     * @param wanted whether it is still of interest; asked before each try
     * @param returned called once, when something answers that does not go
     */
    ReturnProbe(Vertx vertx, ConnectionPool connections, BooleanSupplier wanted, Runnable returned) {
        this.vertx = vertx;
        this.connections = connections;
        this.wanted = wanted;
        this.returned = returned;
    }

    /** On an event loop, which it keeps to. */
    void start() {
        vertx.setTimer(INTERVAL_MILLIS, timer -> {
            if (wanted.getAsBoolean()) {
                connections.ask(new Try(), HttpMethod.HEAD, "/");
            }
        });
    }

    /** Whether an instance says by this answer that it goes. */
    static boolean isLeaving(int status, String retryAfter) {
        return status == UNAVAILABLE && "0".equals(retryAfter);
    }

    private final class Try implements Request.Listener {

        private final long late = vertx.setTimer(TIMEOUT_MILLIS, timer -> end(false));
        /** Null until there is a connection. */
        private Request request;

        private boolean over;

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
            end(false);
        }

        @Override
        public void answered(Answer answer) {
            end(!isLeaving(answer.status(), answer.header(HttpHeaders.RETRY_AFTER)));
        }

        @Override
        public void broke(Throwable cause) {
            end(false);
        }

        private void end(boolean isBack) {
            if (over) {
                return;
            }
            over = true;
            vertx.cancelTimer(late);
            if (request != null) {
                request.reset();
            }
            if (isBack) {
                returned.run();
            } else {
                start();
            }
        }
    }
}
