package io.heliograph.testsupport.openapi;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/**
 * Checks all tests of a service against its description without code in the tests: Quarkus calls this before each test
 * of a running service.
 */
public final class ContractCallback implements QuarkusTestBeforeEachCallback {

    private static final ContractFilter FILTER = new ContractFilter();

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        if (!RestAssured.filters().contains(FILTER)) {
            RestAssured.filters(FILTER);
        }
    }
}
