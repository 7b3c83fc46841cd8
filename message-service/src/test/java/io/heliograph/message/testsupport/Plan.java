package io.heliograph.message.testsupport;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How PostgreSQL would carry out a statement of the service, with the settings of its connections. */
public final class Plan {

    private Plan() {}

    /** The plan of a prepared statement whose values are not known, as it is cached. */
    public static String of(PostgresServer server, String sql) throws SQLException {
        // The simple protocol leaves $1 to the server.
        String url = "jdbc:" + server.reactiveUrl() + "?preferQueryMode=simple&currentSchema=message_service";
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain (generic_plan) " + sql)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
