package io.heliograph.localstack.store;

import io.heliograph.localstack.process.Processes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;

/**
 * A data directory and the server that runs on it. Its log is {@code postgres.log} beside the directory. Methods block
 * and are not thread-safe.
 */
final class PostgresCluster {

    /** A data directory that was not closed cleanly replays its log first, which takes its time. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);

    /** pg_ctl waits 5 s by itself; a checkpoint of a developer's data is over by then. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Path data;
    private final int port;
    private final boolean durable;
    private EmbeddedPostgres server;

    /** What puts files into an empty data directory; initdb does it when there are none. */
    private interface Filling {

        void fill() throws IOException;
    }

    PostgresCluster(Path data, int port, boolean durable) {
        this.data = data;
        this.port = port;
        this.durable = durable;
    }

    static void endOrphan(Path data) {
        postmaster(data).ifPresent(orphan -> {
            // "Fast": without waiting for clients.
            Processes.signal(orphan, "INT");
            Processes.awaitEnd(orphan, STOP_PATIENCE);
        });
    }

    /** Makes a data directory by initdb. */
    static void initialize(Path data) {
        PostgresCluster cluster = new PostgresCluster(data, FreePorts.next(), false);
        cluster.start(() -> {});
        cluster.stop();
    }

    void start() {
        start(durable ? () -> {} : () -> PostgresTemplate.copyTo(data));
    }

    private void start(Filling filling) {
        if (process().filter(ProcessHandle::isAlive).isPresent()) {
            return;
        }
        stop();
        try {
            Files.createDirectories(data);
            Files.deleteIfExists(log());
            endOrphan(data);
            if (!isComplete(data)) {
                FileUtils.cleanDirectory(data.toFile());
                filling.fill();
            }
            server = startWatched();
        } catch (IOException | IllegalStateException | CompletionException e) {
            throw new IllegalStateException("PostgreSQL did not start on port " + port + ": " + reason(e), e);
        }
    }

    void stop() {
        if (server == null) {
            return;
        }
        Optional<ProcessHandle> postmaster = process();
        try {
            server.close();
            postmaster.ifPresent(process -> Processes.awaitEnd(process, STOP_PATIENCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<ProcessHandle> process() {
        return server == null ? Optional.empty() : postmaster(data);
    }

    int port() {
        return port;
    }

    /** Whether initdb came to its end, which makes the database with oid 5 ("postgres") last. */
    static boolean isComplete(Path data) {
        return Files.exists(data.resolve("base/5/PG_VERSION"));
    }

    /**
     * The library polls for its whole patience even when {@code pg_ctl} has given up; this reads that from the log and
     * fails at once. The thread left behind ends by itself with the library's patience.
     */
    private EmbeddedPostgres startWatched() {
        CompletableFuture<EmbeddedPostgres> start = CompletableFuture.supplyAsync(this::startEmbedded);
        while (true) {
            try {
                return start.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillStarting) {
                if (logLines().stream().anyMatch(line -> line.contains("could not start server"))) {
                    throw new IllegalStateException("it ended at once");
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }

    private EmbeddedPostgres startEmbedded() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(!durable)
                .setPort(port)
                .setPGStartupWait(START_PATIENCE)
                .setLocaleConfig("locale", "C.UTF-8")
                .setErrorRedirector(ProcessBuilder.Redirect.to(log().toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.to(log().toFile()))
                // The library turns these off; a commit that was acknowledged has to be on the disk.
                .setServerConfig("fsync", durable ? "on" : "off")
                .setServerConfig("synchronous_commit", durable ? "on" : "off")
                .setServerConfig("listen_addresses", "localhost");
        if (durable) {
            builder.setOverrideWorkingDirectory(data.resolveSibling("bin").toFile());
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> postmaster(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            Instant start = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                    .filter(process -> Processes.startedAt(process, start));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException noneOrHalfWritten) {
            return Optional.empty();
        }
    }

    private Path log() {
        return data.resolveSibling("postgres.log");
    }

    private List<String> logLines() {
        try {
            return Files.readAllLines(log());
        } catch (IOException notYetOrNotText) {
            return List.of();
        }
    }

    /** The last complaint of the server itself, which says more than that of the library. */
    private String reason(Exception failure) {
        return logLines().stream()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .reduce((first, last) -> last)
                .orElseGet(failure::getMessage);
    }
}
