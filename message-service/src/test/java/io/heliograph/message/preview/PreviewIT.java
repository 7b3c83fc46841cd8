package io.heliograph.message.preview;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PreviewIT extends PreviewTest {}
