package io.heliograph.message.account;

import io.heliograph.rest.metadata.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A room as its members see it, apart from its messages.
 *
 * @param name null for a direct room
 * @param direct the two users of a direct room, else empty
 * @param metadata null for none
 * @param version counts the changes of the description
 */
record RoomDescription(
        UUID id,
        String name,
        String topic,
        String visibility,
        List<UUID> direct,
        Metadata metadata,
        long version,
        Instant createdAt) {}
