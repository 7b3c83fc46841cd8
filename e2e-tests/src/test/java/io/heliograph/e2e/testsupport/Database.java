package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A database of one test, on a server that others use too. */
public record Database(PostgresServer server, String name) {

    /** One with nothing in it. */
    public static Database make(PostgresServer server) {
        Database made =
                new Database(server, "test_" + UUID.randomUUID().toString().replace('-', '_'));
        new Database(server, PostgresServer.DATABASE).run("create database " + made.name);
        return made;
    }

    public String reactiveUrl() {
        return reactiveUrl(server.port());
    }

    /** By way of another port. */
    public String reactiveUrl(int port) {
        return "postgresql://localhost:" + port + "/" + name;
    }

    public void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody reads or writes the table until this is closed. */
    public final class Lock implements AutoCloseable {

        private final Connection owner;

        private Lock(Connection owner) {
            this.owner = owner;
        }

        @Override
        public void close() throws SQLException {
            owner.close();
        }
    }

    public Lock lock(String table) throws SQLException {
        Connection owner = connect();
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
        return new Lock(owner);
    }

    /** The number that a query answers with. */
    public long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + reactiveUrl(), PostgresServer.USER, PostgresServer.USER);
    }
}
