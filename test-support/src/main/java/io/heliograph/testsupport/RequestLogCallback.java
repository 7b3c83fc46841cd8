package io.heliograph.testsupport;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/**
 * Keeps bodies as they are in the log of requests that Quarkus prints when a test fails. REST Assured would format all of
 * them, also those of tests that pass, which took up to an eighth of the processor time of the tests.
 */
public final class RequestLogCallback implements QuarkusTestBeforeEachCallback {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.config = RestAssured.config()
                .logConfig(RestAssured.config().getLogConfig().enablePrettyPrinting(false));
    }
}
