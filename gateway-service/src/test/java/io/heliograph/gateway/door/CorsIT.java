package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CorsIT extends CorsTest {}
