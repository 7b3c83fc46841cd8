package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DocsIT extends DocsTest {}
