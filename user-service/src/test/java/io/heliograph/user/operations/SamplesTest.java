package io.heliograph.user.operations;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.SamplesContract;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class SamplesTest extends SamplesContract {

    SamplesTest() {
        super("user-service");
    }
}
