package io.heliograph.message.problem;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells a PostgreSQL that does not answer from one that answers no. */
final class StoreFailure {

    /** The pool connects anew at the next request, so there is no use in waiting longer. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * Shut down, crashed, starting; cancelled, which is what a statement timeout does; and read-only, as one is that
     * another has taken the place of.
     */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57014", "25006");
    /** Connection failures; and out of memory, disk or connections. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "53");

    private StoreFailure() {}

    static boolean isUnavailable(Throwable failure) {
        if (failure instanceof PgException refused) {
            String state = refused.getSqlState();
            return state != null && (AWAY.contains(state) || AWAY_CLASSES.contains(state.substring(0, 2)));
        }
        return failure instanceof ClosedConnectionException
                || failure instanceof ClosedChannelException
                || failure instanceof IOException
                || failure instanceof ConnectionPoolTooBusyException
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                // How the pool says that no connection came free in time.
                || (failure instanceof NoStackTraceThrowable && "Timeout".equals(failure.getMessage()));
    }

    static Refusal refusal() {
        return Refusal.later("store_unavailable", "The data store does not answer at the moment.", RETRY_AFTER);
    }
}
