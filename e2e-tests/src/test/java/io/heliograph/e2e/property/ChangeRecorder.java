package io.heliograph.e2e.property;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads messages from PostgreSQL, and records every committed change of a message by a trigger, since the service keeps
 * only the last state of a message. {@link #close} removes the trigger.
 */
final class ChangeRecorder implements AutoCloseable {

    private static final String START = """
            create schema recorder;
            create table recorder.changes as
              select room_id, rev, seq, content, deleted_at, reactions from message_service.messages limit 0;
            create function recorder.record() returns trigger language plpgsql as $$
            begin
              insert into recorder.changes
              values (new.room_id, new.rev, new.seq, new.content, new.deleted_at, new.reactions);
              return null;
            end $$;
            create trigger recorder after insert or update on message_service.messages
              for each row execute function recorder.record();
            """;

    private static final String MESSAGES = """
            select m.seq, m.rev, m.sender_id, m.client_id, m.content, m.created_at, m.deleted_at, m.reactions
            from message_service.messages m where m.room_id = ?
            """;

    private static final String CHANGES = """
            select c.seq, c.rev, m.sender_id, m.client_id, c.content, m.created_at, c.deleted_at, c.reactions
            from recorder.changes c join message_service.messages m using (room_id, seq) where c.room_id = ?
            """;

    /** Terminates each client connection with this probability. */
    private static final String CUT = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where pid <> pg_backend_pid() and backend_type = 'client backend' and random() < ?
            """;

    /** The last seq and the last revision of a room. */
    record Heads(long seq, long rev) {}

    private final String url;

    private ChangeRecorder(int port) {
        this.url = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    static ChangeRecorder start(int port) {
        ChangeRecorder recorder = new ChangeRecorder(port);
        recorder.execute(START);
        return recorder;
    }

    Heads heads(UUID room) {
        return query("select last_seq, last_rev from message_service.rooms where id = ?", room, rows -> {
            rows.next();
            return new Heads(rows.getLong(1), rows.getLong(2));
        });
    }

    /** The present messages of a room, by seq. */
    SortedMap<Long, Picture.Entry> messages(UUID room) {
        return query(MESSAGES, room, rows -> entries(rows, "seq"));
    }

    /** The state of the message after each revision of a room, by revision. */
    SortedMap<Long, Picture.Entry> changes(UUID room) {
        return query(CHANGES, room, rows -> entries(rows, "rev"));
    }

    /** Ends connections of the services as an administrator or a failing PostgreSQL does. */
    void cutConnections(double share) {
        query(CUT, share, rows -> null);
    }

    @Override
    public void close() {
        execute("drop schema recorder cascade");
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static SortedMap<Long, Picture.Entry> entries(ResultSet rows, String number) throws SQLException {
        SortedMap<Long, Picture.Entry> entries = new TreeMap<>();
        while (rows.next()) {
            if (entries.put(rows.getLong(number), entry(rows)) != null) {
                throw new AssertionError(number + " " + rows.getLong(number) + " was given twice");
            }
        }
        return entries;
    }

    private static Picture.Entry entry(ResultSet row) throws SQLException {
        Map<String, Long> reactions = new HashMap<>();
        JsonNode counts = Json.parse(row.getString("reactions"));
        counts.fieldNames()
                .forEachRemaining(
                        emoji -> reactions.put(emoji, counts.get(emoji).asLong()));
        return new Picture.Entry(
                row.getLong("seq"),
                row.getLong("rev"),
                row.getObject("sender_id", UUID.class),
                row.getString("client_id"),
                row.getString("content"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("deleted_at") != null,
                reactions);
    }

    private <T> T query(String sql, Object value, Reader<T> reader) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            return reader.read(statement.executeQuery());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
