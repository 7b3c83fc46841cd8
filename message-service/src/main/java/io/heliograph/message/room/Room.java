package io.heliograph.message.room;

import java.time.Instant;
import java.util.UUID;

/** A room as anyone who may know of it sees it. */
public record Room(
        UUID id, String name, String topic, Visibility visibility, long lastSeq, long rev, Instant createdAt) {}
