package io.heliograph.message.search;

import io.heliograph.message.message.Message;
import io.heliograph.message.page.Cursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A position in the results of a search: newest first, then in an arbitrary but stable order. */
record SearchCursor(Instant createdAt, UUID room, long seq) {

    static final int PARTS = 3;

    private static final UUID NOBODY = new UUID(0, 0);

    /** Later than any stored message, within the range of PostgreSQL. */
    static final SearchCursor START = before(Instant.parse("9999-12-31T00:00:00Z"));

    static SearchCursor of(List<String> parts) {
        try {
            Instant createdAt = Instant.parse(parts.get(0));
            if (createdAt.isAfter(START.createdAt) || createdAt.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException("no message was sent then");
            }
            return new SearchCursor(createdAt, UUID.fromString(parts.get(1)), Long.parseLong(parts.get(2)));
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException(notATime);
        }
    }

    static SearchCursor of(Message message) {
        return new SearchCursor(message.createdAt(), message.room(), message.seq());
    }

    /** The position from which all older messages follow. */
    static SearchCursor before(Instant time) {
        return new SearchCursor(time, NOBODY, 0);
    }

    String cursor() {
        return Cursor.of(createdAt, room, seq);
    }
}
