package io.heliograph.client;

import java.time.Instant;

/** The membership of a user in a room. */
public record Member(User user, Role role, Instant joinedAt) {}
