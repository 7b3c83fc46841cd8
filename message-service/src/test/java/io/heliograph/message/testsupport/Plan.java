package io.heliograph.message.testsupport;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How PostgreSQL carries out a statement of the service in a database of some size. */
public final class Plan {

    /** Small enough to be made in seconds, large enough that a wrong index costs more than the right one. */
    private static final String CONTENTS = """
            insert into people (id, username, display_name)
              select md5('p' || i)::uuid, 'p' || i, 'P' || i from generate_series(1, 200) i;
            insert into rooms (id, name, visibility, last_seq, last_rev)
              select md5('r' || i)::uuid, 'room ' || i, case when i % 2 = 0 then 'public' else 'private' end, 20, 20
              from generate_series(1, 2000) i;
            insert into members (room_id, user_id, role)
              select md5('r' || i)::uuid, md5('p' || i % 200 + 1)::uuid, 'owner' from generate_series(1, 2000) i;
            insert into messages (room_id, seq, rev, created_rev, sender_id, client_id, content, created_at)
              select md5('r' || i)::uuid, n, n, n, md5('p' || i % 200 + 1)::uuid, n, 'word' || (i + n) % 1000, now()
              from generate_series(1, 2000) i, generate_series(1, 20) n;
            insert into search_progress (room_id, rev) select id, last_rev from rooms on conflict do nothing;
            analyze people, rooms, members, messages, search_progress, directory;
            """;

    private Plan() {}

    /**
     * The plan of a prepared statement whose values are not known, as it is cached. Leaves nothing behind.
     *
     * @param settings of the planner for this statement, as {@code set} takes them
     */
    public static String of(PostgresServer server, String sql, String... settings) throws SQLException {
        // The simple protocol leaves $1 to the server.
        String url = "jdbc:" + server.reactiveUrl() + "?preferQueryMode=simple&currentSchema=message_service";
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(CONTENTS);
            statement.execute("set enable_seqscan = off");
            for (String setting : settings) {
                statement.execute("set local " + setting);
            }
            String plan = lines(statement, "explain (generic_plan) " + sql);
            connection.rollback();
            return plan;
        }
    }

    private static String lines(Statement statement, String sql) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
        }
        return lines.toString();
    }
}
