package io.heliograph.message.operations;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.SamplesContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(EmbeddedStores.class)
class SamplesTest extends SamplesContract {

    SamplesTest() {
        super("message-service");
    }
}
