package io.heliograph.benchmarks.harness.process;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Prepares data directly in the database, without a service. */
public final class Sql {

    private Sql() {}

    public static void execute(PostgresServer postgres, String statements) {
        String url = "jdbc:postgresql://localhost:" + postgres.port() + "/" + PostgresServer.DATABASE;
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
