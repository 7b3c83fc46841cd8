package io.heliograph.message.search;

import io.heliograph.message.message.Message;
import io.heliograph.message.page.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A place among what a search found: newest first, and then in an order that says nothing but is always the same. */
record FoundPlace(Instant createdAt, UUID room, long seq) {

    static final int PARTS = 3;
    /** Later than anything that is stored, within the years that PostgreSQL knows. */
    static final FoundPlace START = new FoundPlace(Instant.parse("9999-12-31T00:00:00Z"), new UUID(0, 0), 0);

    static FoundPlace of(List<String> parts) {
        try {
            Instant createdAt = Instant.parse(parts.get(0));
            if (createdAt.isAfter(START.createdAt) || createdAt.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException("no message was sent then");
            }
            return new FoundPlace(createdAt, UUID.fromString(parts.get(1)), Long.parseLong(parts.get(2)));
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException(notATime);
        }
    }

    static String cursor(Message message) {
        return Cursor.of(message.createdAt(), message.room(), message.seq());
    }
}
