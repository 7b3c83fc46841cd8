package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A message with its present content, at its place in the room. {@code rev} is that of its latest change. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        UUID room,
        long seq,
        long rev,
        Sender sender,
        String clientId,
        String content,
        Instant createdAt,
        Instant editedAt,
        Instant deletedAt) {

    static Message from(Row row) {
        return new Message(
                row.getUUID("room_id"),
                row.getLong("seq"),
                row.getLong("rev"),
                new Sender(row.getUUID("sender_id"), row.getString("username")),
                row.getString("client_id"),
                row.getString("content"),
                instant(row, "created_at"),
                instant(row, "edited_at"),
                instant(row, "deleted_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
