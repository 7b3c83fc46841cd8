package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** The key of the advisory lock of a {@link #gate}. */
    private static final int GATE = 1;

    /** A lock of a table, a row or a gate, held by an open transaction until it is closed. */
    public final class Lock implements AutoCloseable {

        private final Connection owner;

        private Lock(Connection owner) {
            this.owner = owner;
        }

        /** The process ids of the server's backends that wait for it. */
        public List<Integer> waitingBackends() {
            try (Statement statement = owner.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))")) {
                List<Integer> backends = new ArrayList<>();
                while (rows.next()) {
                    backends.add(rows.getInt(1));
                }
                return backends;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            owner.close();
        }
    }

    /** Locks the table against reads and writes. */
    public Lock lock(String table) throws SQLException {
        return holding("lock table " + table + " in access exclusive mode");
    }

    /** Locks the row against changes. */
    public Lock lockRow(String table, UUID id) throws SQLException {
        return holding("select from " + table + " where id = '" + id + "' for update");
    }

    /** No row of which the condition is true is inserted into the table: its statement waits. One gate at a time. */
    public Lock gate(String table, String condition) throws SQLException {
        // However little those who come wait for other locks.
        run("create or replace function wait_at_gate() returns trigger language plpgsql set lock_timeout = 0 as "
                + "'begin perform pg_advisory_xact_lock_shared(" + GATE + "); return new; end'");
        run("create or replace trigger gate before insert on " + table + " for each row when (" + condition
                + ") execute function wait_at_gate()");
        return holding("select pg_advisory_xact_lock(" + GATE + ")");
    }

    private Lock holding(String sql) throws SQLException {
        Connection owner = connect();
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
        return new Lock(owner);
    }

    /** The number that a query answers with. */
    public long count(String sql) {
        return Long.parseLong(text(sql));
    }

    /** What a query answers with. */
    public String text(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + reactiveUrl(), PostgresServer.USER, PostgresServer.USER);
    }
}
