package io.heliograph.message.database;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.StatementCacheContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(EmbeddedStores.class)
class StatementCacheTest extends StatementCacheContract {

    @Inject
    Pool pool;

    @Override
    protected Pool pool() {
        return pool;
    }
}
