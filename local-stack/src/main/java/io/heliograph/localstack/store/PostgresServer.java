package io.heliograph.localstack.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An embedded PostgreSQL 18 on a fixed port and data directory, so that it can be stopped and started again under
 * running services without losing what it stored. Methods block and are not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String DATABASE = "postgres";

    private final Path data;
    private final int port;
    private final boolean durable;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, int port, boolean durable) {
        this.data = data;
        this.port = port;
        this.durable = durable;
    }

    /** A server whose commits reach the disk: what a person keeps data in. */
    public static PostgresServer durable(Path data, int port) {
        return new PostgresServer(data, port, true).start();
    }

    /** A server that survives its own crash but not the machine's: for tests, which need the speed and not the disk. */
    public static PostgresServer fast(Path data, int port) {
        return new PostgresServer(data, port, false).start();
    }

    public PostgresServer start() {
        if (server != null) {
            return this;
        }
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    // A data directory that was not closed cleanly replays its log first, which takes its time.
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C.UTF-8")
                    // The library turns these off; a commit that was acknowledged has to be on the disk.
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("synchronous_commit", durable ? "on" : "off")
                    .setServerConfig("listen_addresses", "localhost")
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start on port " + port, e);
        }
    }

    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    /** The postmaster, whose children are the backends; empty while the server is stopped. */
    public Optional<ProcessHandle> process() {
        try {
            Path pid = data.resolve("postmaster.pid");
            if (server == null || !Files.exists(pid)) {
                return Optional.empty();
            }
            return ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(pid).get(0).trim()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String reactiveUrl() {
        return "postgresql://localhost:" + port + "/" + DATABASE;
    }

    @Override
    public void close() {
        stop();
    }
}
