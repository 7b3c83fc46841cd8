package io.heliograph.gateway.pipeline;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LivePageIT extends LivePageTest {}
