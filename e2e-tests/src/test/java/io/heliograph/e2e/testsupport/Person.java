package io.heliograph.e2e.testsupport;

import java.util.UUID;

/** A user who is signed in. */
public record Person(UUID id, String username, String token) {}
