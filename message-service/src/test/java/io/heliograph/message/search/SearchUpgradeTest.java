package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.TestStores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The upgrade of an existing installation. */
class SearchUpgradeTest {

    private static final String BEFORE = "11";

    private static final String ROOMS = """
            insert into rooms (id, name, visibility, last_seq, last_rev) values
              (md5('full')::uuid, 'Café in der Straße', 'public', 3, 4),
              (md5('empty')::uuid, 'empty', 'private', 0, 0);
            insert into indexed_rooms (room_id, rev) values (md5('full')::uuid, 4);
            insert into message_words (room_id, seq, words) values (md5('full')::uuid, 1, 'word');
            """;

    @Test
    void shouldResetTheIndexOfEachRoomForARebuild() throws SQLException {
        PostgresServer postgres = TestStores.newDatabase();
        String url = "jdbc:" + postgres.reactiveUrl();
        migrate(url, BEFORE);
        try (Connection connection =
                        DriverManager.getConnection(url + "?currentSchema=message_service", PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(ROOMS);

            migrate(url, "latest");

            assertThat(value(statement, "select (rev, backfill) from search_progress"))
                    .isEqualTo("(4,4)");
            assertThat(value(statement, "select count(*) from search_entries")).isEqualTo("0");
            assertThat(value(statement, "select count(*) from message_words"))
                    .as("the previous release goes on with its index")
                    .isEqualTo("1");
            assertThat(value(statement, "select string_agg(place, ', ' order by place) from directory"))
                    .isEqualTo("cafe in der strasse, der strasse, in der strasse, strasse");
            assertThat(value(statement, "select place from directory where whole"))
                    .isEqualTo("cafe in der strasse");
        }
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource(url, PostgresServer.USER, "")
                .schemas("message_service")
                .target(version)
                .load()
                .migrate();
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
