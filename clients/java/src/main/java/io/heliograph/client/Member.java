package io.heliograph.client;

import java.time.Instant;

/** Somebody's membership of a room. */
public record Member(User user, Role role, Instant joinedAt) {}
