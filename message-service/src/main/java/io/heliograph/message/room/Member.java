package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** Somebody in a room. */
record Member(Sender user, Role role, Instant joinedAt) {

    static Member from(Row row) {
        return new Member(
                new Sender(row.getUUID("user_id"), row.getString("username")),
                Role.of(row.getString("role")),
                row.getOffsetDateTime("joined_at").toInstant());
    }

    UUID id() {
        return user.id();
    }
}
