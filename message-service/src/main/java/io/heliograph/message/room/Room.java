package io.heliograph.message.room;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A room as anyone who may know of it sees it. */
public record Room(
        UUID id, String name, String topic, Visibility visibility, long lastSeq, long rev, Instant createdAt) {

    static Room from(Row row) {
        return new Room(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("topic"),
                Visibility.of(row.getString("visibility")),
                row.getLong("last_seq"),
                row.getLong("last_rev"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
