package io.heliograph.user.session;

import java.time.Instant;
import java.util.UUID;

/** A session as its owner is shown it. {@code current} is the one that asks; the last two are of its last use. */
record SessionView(UUID id, Instant createdAt, Instant lastUsedAt, boolean current, String userAgent, String address) {}
