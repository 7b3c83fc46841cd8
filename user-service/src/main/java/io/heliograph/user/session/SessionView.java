package io.heliograph.user.session;

import java.time.Instant;
import java.util.UUID;

/** A session as its owner sees it. {@code current} marks the session of the caller; the last two are of its last use. */
record SessionView(UUID id, Instant createdAt, Instant lastUsedAt, boolean current, String userAgent, String address) {}
