package io.heliograph.message.room;

import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A room in the list of one of its members. {@code lastMessage} is null in a room that never had one. */
record Membership(
        UUID id,
        String name,
        String topic,
        Visibility visibility,
        Role role,
        long lastSeq,
        long rev,
        long readSeq,
        long unread,
        Message lastMessage,
        Instant createdAt) {

    static Membership from(Row row) {
        Room room = Room.from(row);
        long readSeq = row.getLong("read_seq");
        return new Membership(
                room.id(),
                room.name(),
                room.topic(),
                room.visibility(),
                Role.of(row.getString("role")),
                room.lastSeq(),
                room.rev(),
                readSeq,
                room.lastSeq() - readSeq,
                lastMessage(room.id(), row),
                room.createdAt());
    }

    private static Message lastMessage(UUID room, Row row) {
        if (row.getLong("message_rev") == null) {
            return null;
        }
        return new Message(
                room,
                row.getLong("last_seq"),
                row.getLong("message_rev"),
                new Sender(row.getUUID("sender_id"), row.getString("username")),
                row.getString("client_id"),
                row.getString("content"),
                row.getOffsetDateTime("sent_at").toInstant(),
                null,
                null);
    }
}
