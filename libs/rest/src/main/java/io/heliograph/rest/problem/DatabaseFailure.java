package io.heliograph.rest.problem;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Distinguishes failures of the connection to PostgreSQL, which may pass, from errors of a statement. */
final class DatabaseFailure {

    /** The pool opens a new connection at the next request, so a longer wait has no use. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * SQLSTATE classes after which the same request may succeed a moment later: 08 connection exception, 28 invalid
     * authorization (a password that is being changed), 40 transaction rollback (deadlock, serialization), 53
     * insufficient resources, 57 operator intervention (shutdown, cancellation, statement timeout), 58 system error, 72
     * snapshot failure. All other classes say that our statement or its data is wrong, which is a defect of ours.
     * Source: PostgreSQL 18, appendix A.
     */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "28", "40", "53", "57", "58", "72");

    /**
     * The same of classes that are defects otherwise: read-only transaction (a primary that was replaced), idle in
     * transaction timeout, transaction timeout, database does not exist, object in use, lock not available.
     */
    private static final Set<String> TRANSIENT_STATES = Set.of("25006", "25P03", "25P04", "3D000", "55006", "55P03");

    private DatabaseFailure() {}

    static boolean isUnavailable(Throwable failure) {
        if (failure instanceof DatabaseException refused) {
            return isTransient(refused.getSqlState());
        }
        return failure instanceof ClosedConnectionException
                || failure instanceof ClosedChannelException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || (failure instanceof NoStackTraceThrowable && isOfConnection(failure.getMessage()));
    }

    /**
     * The messages of the client for a pool without a free connection in time, and for a connection that has just
     * closed.
     */
    private static boolean isOfConnection(String message) {
        return "Timeout".equals(message) || (message != null && message.startsWith("Connection is not active now"));
    }

    /** The queue of the pool is full. */
    static boolean isOverload(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException;
    }

    static ProblemException overload() {
        return ProblemException.unavailable(
                "overloaded", "Too many requests are waiting for the data store.", RETRY_AFTER);
    }

    /** Whether the request may succeed later; false of null, which is no answer of PostgreSQL. */
    static boolean isTransient(String sqlState) {
        return sqlState != null
                && (TRANSIENT_STATES.contains(sqlState) || TRANSIENT_CLASSES.contains(sqlState.substring(0, 2)));
    }

    static ProblemException unavailable() {
        return ProblemException.unavailable(
                "store_unavailable", "The data store does not answer at the moment.", RETRY_AFTER);
    }
}
