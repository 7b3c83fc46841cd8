package io.heliograph.message.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatementCacheTest extends MessageServiceTest {

    @Inject
    Pool pool;

    @Test
    void shouldPrepareALongStatementOncePerConnection() {
        String statement = "select 1 -- a long one " + "x".repeat(5_000);

        long prepared = pool.withConnection(connection -> connection
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

        assertThat(prepared).isEqualTo(1);
    }
}
