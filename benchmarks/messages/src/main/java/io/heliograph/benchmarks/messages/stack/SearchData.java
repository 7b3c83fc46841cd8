package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** Messages of many rooms, generated in the database, and the full-text search of PostgreSQL over them. */
public final class SearchData {

    /**
     * One year of messages, distributed over all rooms in turn, of 12 words each: "common" is in every message,
     * "weekly" in 1 of 50, "zanzibar" in 1 of 50,000, and the others are from a vocabulary of 20,000 words, of which
     * small numbers are more frequent.
     */
    private static final String MESSAGES = """
            set search_path = message_service;
            set synchronous_commit = off;
            insert into people (id, username, display_name) select '%3$s', 'owner', 'Owner';
            insert into rooms (id, name, visibility, last_seq, last_rev)
              select md5('r' || i)::uuid, 'room ' || i, 'private', %1$d / %2$d, %1$d / %2$d from generate_series(0, %2$d - 1) i;
            insert into members (room_id, user_id, role) select id, '%3$s', 'owner' from rooms;
            insert into messages (room_id, seq, rev, created_rev, sender_id, client_id, content, created_at)
              select md5('r' || i %% %2$d)::uuid, i / %2$d + 1, i / %2$d + 1, i / %2$d + 1, '%3$s', i::text,
                     'Common words of message ' || i
                       || case when i %% 50 = 7 then ' weekly' else '' end
                       || case when i %% 50000 = 7 then ' zanzibar' else '' end
                       || (select string_agg(' word' || (20000 * power(random(), 3))::int, '')
                           from generate_series(1, 7 + i %% 2)),
                     now() - (%1$d - i) * interval '1 year' / %1$d
              from generate_series(0, %1$d - 1) i;
            insert into search_progress (room_id, rev, backfill) select id, last_rev, last_seq + 1 from rooms;
            analyze rooms; analyze members; analyze messages;
            """;

    private static final String PERSON = """
            insert into message_service.people (id, username, display_name) values ('%1$s', 'p%2$d', 'P');
            insert into message_service.members (room_id, user_id, role)
              select md5('r' || i)::uuid, '%1$s', 'member' from generate_series(0, %2$d - 1) i;
            """;

    private static final String LEFT = "select count(*) from message_service.search_progress where backfill > 1";

    /** The earlier implementation of the service: the id of the room is a lexeme of the index. */
    private static final List<String> FULL_TEXT = List.of("""
            create table message_service.full_text (room_id uuid, seq bigint, words tsvector, primary key (room_id, seq));
            create index full_text_words on message_service.full_text using gin (words);
            insert into message_service.full_text
              select room_id, seq, to_tsvector('simple', content) || array_to_tsvector(array[room_id::text])
              from message_service.messages;
            """, "vacuum analyze message_service.full_text");

    private static final String FULL_TEXT_SEARCH = """
            with mine as materialized (
              select room_id from message_service.members where user_id = '%1$s'
            ),
            wanted as materialized (
              select to_tsquery('simple', '%2$s') && (select string_agg(quote_literal(room_id), ' | ')::tsquery from mine) as words
            )
            select m.content
            from wanted
            join message_service.full_text w on w.words @@ wanted.words
            join lateral (
              select * from message_service.messages where room_id = w.room_id and seq = w.seq limit 1
            ) m on true
            join mine on mine.room_id = m.room_id
            order by m.created_at desc, m.room_id desc, m.seq desc limit 51
            """;

    private final PostgresServer postgres;

    public SearchData(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Creates the messages. As after an upgrade, none is indexed, and the service starts to index at once. */
    public void messages(int messages, int rooms, UUID owner) {
        Sql.execute(postgres, MESSAGES.formatted(messages, rooms, owner));
    }

    /** Makes this user a member of the first {@code rooms} rooms. */
    public void member(UUID person, int rooms) {
        Sql.execute(postgres, PERSON.formatted(person, rooms));
    }

    /** The number of rooms that are not completely indexed. */
    public long roomsToIndex() {
        return Long.parseLong(query(LEFT));
    }

    public void vacuum() {
        Sql.execute(postgres, "vacuum analyze message_service.search_entries");
    }

    public void fullText() {
        FULL_TEXT.forEach(statements -> Sql.execute(postgres, statements));
    }

    /** The size of a table with its indexes, in megabytes. */
    public long megabytes(String table) {
        return Long.parseLong(query("select pg_total_relation_size('message_service." + table + "') / 1000000"));
    }

    /** The time of a full-text search in milliseconds, or the limit if it takes longer. */
    public double fullTextMillis(UUID person, String words, int limitSeconds) {
        String search = FULL_TEXT_SEARCH.formatted(person, words);
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off; set statement_timeout = '" + limitSeconds + "s'");
            long start = System.nanoTime();
            try (ResultSet rows = statement.executeQuery(search)) {
                rows.next();
            } catch (SQLException timedOut) {
                return limitSeconds * 1e3;
            }
            return (System.nanoTime() - start) / 1e6;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String query(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postgres.port() + "/" + PostgresServer.DATABASE,
                PostgresServer.USER,
                "");
    }
}
