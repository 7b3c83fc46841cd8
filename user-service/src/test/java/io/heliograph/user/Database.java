package io.heliograph.user;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Direct access of a test to the database of the service. */
public final class Database {

    private Database() {}

    /** The simple protocol, which leaves $1 to the server. */
    public static Connection connect(PostgresServer server) throws SQLException {
        String url = "jdbc:" + server.reactiveUrl() + "?preferQueryMode=simple&currentSchema=user_service";
        return DriverManager.getConnection(url, PostgresServer.USER, "");
    }

    public static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that this query returns. */
    public static long count(PostgresServer server, String query) throws SQLException {
        return Long.parseLong(text(server, query));
    }

    /** The value that this query returns. */
    public static String text(PostgresServer server, String query) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** All rows of the first column, a line each. */
    public static String lines(Statement statement, String sql) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
        }
        return lines.toString();
    }
}
