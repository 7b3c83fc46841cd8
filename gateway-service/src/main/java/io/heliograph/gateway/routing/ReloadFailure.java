package io.heliograph.gateway.routing;

import java.time.Instant;

/** A change of the configuration that did not come into force. */
public record ReloadFailure(Instant at, String reason) {}
