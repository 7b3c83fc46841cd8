package io.heliograph.gateway.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Runs the test against the packaged service, or with {@code -Dnative} the native executable. */
@QuarkusIntegrationTest
class CompressionIT extends CompressionTest {}
