package io.heliograph.gateway.routing;

import java.time.Instant;

/** A change of the configuration that did not come into force. */
public record Refusal(Instant at, String reason) {}
