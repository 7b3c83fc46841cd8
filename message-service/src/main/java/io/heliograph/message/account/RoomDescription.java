package io.heliograph.message.account;

import java.time.Instant;
import java.util.UUID;

/** A room as its members see it, apart from its messages. {@code version} counts the changes of it. */
record RoomDescription(UUID id, String name, String topic, String visibility, long version, Instant createdAt) {}
