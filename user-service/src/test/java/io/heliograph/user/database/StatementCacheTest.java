package io.heliograph.user.database;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.StatementCacheContract;
import io.heliograph.user.Passwordless;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;

@QuarkusTest
@TestProfile(Passwordless.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class StatementCacheTest extends StatementCacheContract {

    @Inject
    Pool pool;

    @Override
    protected Pool pool() {
        return pool;
    }
}
