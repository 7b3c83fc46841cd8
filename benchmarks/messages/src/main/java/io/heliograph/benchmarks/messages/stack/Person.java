package io.heliograph.benchmarks.messages.stack;

import java.util.UUID;

/** A user with a valid token. */
public record Person(UUID id, String token) {}
