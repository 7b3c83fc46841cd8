package io.heliograph.user.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Passwordless;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Passwordless.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class StatementCacheTest {

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

        assertEquals(1, prepared);
    }
}
