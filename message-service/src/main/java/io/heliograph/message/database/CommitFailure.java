package io.heliograph.message.database;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;

/** Tells a transaction that may be tried again as it is from one that holds something the database will not take. */
public final class CommitFailure {

    private CommitFailure() {}

    /** The connection died under the batch, or another transaction was preferred: a second try may well succeed. */
    public static boolean isCutOff(Throwable failure) {
        return failure instanceof ClosedConnectionException
                || failure instanceof IOException
                || (failure instanceof PgException refusal
                        && (refusal.getSqlState().startsWith("40")
                                || refusal.getSqlState().startsWith("57P")));
    }

    /** SQLSTATE classes of data that the database will not take: 22, data exception; 23, constraint; 54, limits. */
    public static boolean isRefusal(Throwable failure) {
        return failure instanceof PgException refusal
                && (refusal.getSqlState().startsWith("22")
                        || refusal.getSqlState().startsWith("23")
                        || refusal.getSqlState().startsWith("54"));
    }
}
