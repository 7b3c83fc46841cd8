package io.heliograph.user.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same on the packaged service, which with {@code -Dnative} is the native executable. */
@QuarkusIntegrationTest
class IdempotencyIT extends IdempotencyTest {}
