package io.heliograph.benchmarks.messages.stack;

import java.util.UUID;

/** Somebody with a good token. */
public record Person(UUID id, String token) {}
