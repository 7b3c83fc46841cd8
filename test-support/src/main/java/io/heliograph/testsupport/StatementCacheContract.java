package io.heliograph.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.Test;

/** How every service that has PostgreSQL prepares statements. */
public abstract class StatementCacheContract {

    /** The pool of the primary database. */
    protected abstract Pool pool();

    @Test
    void shouldPrepareALongStatementOncePerConnection() {
        String statement = "select 1 -- a long one " + "x".repeat(5_000);

        long prepared = pool().withConnection(connection -> connection
                        .preparedQuery(statement)
                        .execute()
                        .compose(done -> connection.preparedQuery(statement).execute())
                        .compose(done -> connection
                                .query("select count(*) from pg_prepared_statements"
                                        + " where statement like 'select 1 -- a long one %'")
                                .execute()))
                .map(rows -> rows.iterator().next().getLong(0))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertEquals(1, prepared);
    }
}
