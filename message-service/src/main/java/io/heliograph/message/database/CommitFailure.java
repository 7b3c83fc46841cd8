package io.heliograph.message.database;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;

/** Distinguishes a transaction that may be retried as it is from one with data that the database rejects. */
public final class CommitFailure {

    private CommitFailure() {}

    /** Whether the connection was lost, or the server aborted the transaction: a retry may succeed. */
    public static boolean isCutOff(Throwable failure) {
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || (failure instanceof PgException refusal
                        && (refusal.getSqlState().startsWith("40")
                                || refusal.getSqlState().startsWith("57P")));
    }

    /** SQLSTATE classes of rejected data: 22, data exception; 23, constraint; 54, limits. */
    public static boolean isRefusal(Throwable failure) {
        return failure instanceof PgException refusal
                && (refusal.getSqlState().startsWith("22")
                        || refusal.getSqlState().startsWith("23")
                        || refusal.getSqlState().startsWith("54"));
    }
}
