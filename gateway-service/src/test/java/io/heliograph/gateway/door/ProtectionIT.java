package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ProtectionIT extends ProtectionTest {}
