package io.heliograph.testsupport;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.config.LogConfig;

/**
 * Logs the request and the response of a test that fails, in place of Quarkus, with bodies as they are. Quarkus lets REST
 * Assured format all bodies, also those of tests that pass, which took up to an eighth of the processor time of the
 * tests. Needs {@code quarkus.test.rest-assured.enable-logging-on-failure=false}.
 */
public final class RequestLogCallback implements QuarkusTestBeforeEachCallback {

    private static final LogConfig LOG = LogConfig.logConfig()
            .enableLoggingOfRequestAndResponseIfValidationFails()
            .enablePrettyPrinting(false);

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.config = RestAssured.config().logConfig(LOG);
    }
}
