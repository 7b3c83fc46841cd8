package io.heliograph.localstack.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One database of an embedded PostgreSQL 18, and the server of it, which has a fixed port and data directory: it can be
 * stopped and started again under running services without losing what it stored. Methods block and are not
 * thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String DATABASE = "postgres";

    private final PostgresCluster cluster;
    private final String database;

    private PostgresServer(PostgresCluster cluster, String database) {
        this.cluster = cluster;
        this.database = database;
    }

    /**
     * A server whose commits reach the disk, for data that is kept. Its binaries are unpacked into {@code bin} beside
     * the data directory, and the caller has to stop it after the services.
     */
    public static PostgresServer durable(Path data, int port) {
        return new PostgresServer(new PostgresCluster(data, port, true), DATABASE).start();
    }

    /**
     * A server that survives its own crash but not the machine's, for tests, which need speed and not durability. A new
     * data directory is a copy of one that was created on this machine before.
     */
    public static PostgresServer fast(Path data, int port) {
        return new PostgresServer(new PostgresCluster(data, port, false), DATABASE).start();
    }

    /** Ends the server that a killed launcher left running on {@code data}, which keeps a new one from it. */
    public static void endOrphan(Path data) {
        PostgresCluster.endOrphan(data);
    }

    /** Starts it, unless it runs. */
    public PostgresServer start() {
        cluster.start();
        return this;
    }

    public void stop() {
        cluster.stop();
    }

    /** A new and empty database of the same server. */
    public PostgresServer createDatabase(String name) {
        cluster.execute("CREATE DATABASE " + name);
        return new PostgresServer(cluster, name);
    }

    /** The postmaster, whose children are the backends; empty while the server is stopped. */
    public Optional<ProcessHandle> process() {
        return cluster.process();
    }

    public boolean isAlive() {
        return process().filter(ProcessHandle::isAlive).isPresent();
    }

    public int port() {
        return cluster.port();
    }

    public String reactiveUrl() {
        return "postgresql://localhost:" + port() + "/" + database;
    }

    @Override
    public void close() {
        stop();
    }
}
