package io.heliograph.gateway.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StaticFilesIT extends StaticFilesTest {}
