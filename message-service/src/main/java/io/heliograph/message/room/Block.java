package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import java.time.Instant;

/** A user whom the caller has blocked. */
record Block(Sender user, Instant blockedAt) {}
