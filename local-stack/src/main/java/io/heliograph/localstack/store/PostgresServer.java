package io.heliograph.localstack.store;

import io.heliograph.localstack.process.Processes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * An embedded PostgreSQL 18 on a fixed port and data directory, so that it can be stopped and started again under
 * running services without losing what it stored. Its log is {@code postgres.log} beside the data directory. Methods
 * block and are not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String DATABASE = "postgres";

    /** A data directory that was not closed cleanly replays its log first, which takes its time. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** pg_ctl waits 5 s by itself; a checkpoint of a developer's data is over by then. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Path data;
    private final int port;
    private final boolean durable;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, int port, boolean durable) {
        this.data = data;
        this.port = port;
        this.durable = durable;
    }

    /**
     * A server whose commits reach the disk: what a person keeps data in. Its binaries are unpacked into {@code bin}
     * beside the data directory, and ending it is left to the caller, who knows when the services are gone.
     */
    public static PostgresServer durable(Path data, int port) {
        return new PostgresServer(data, port, true).start();
    }

    /** A server that survives its own crash but not the machine's: for tests, which need the speed and not the disk. */
    public static PostgresServer fast(Path data, int port) {
        return new PostgresServer(data, port, false).start();
    }

    /** Ends the server that a killed launcher left running on {@code data}, which keeps a new one from it. */
    public static void endOrphan(Path data) {
        postmaster(data).ifPresent(orphan -> {
            // "Fast": without waiting for clients.
            Processes.signal(orphan, "INT");
            Processes.awaitEnd(orphan, STOP_PATIENCE);
        });
    }

    public PostgresServer start() {
        if (server != null) {
            return this;
        }
        try {
            Files.createDirectories(data);
            Files.deleteIfExists(log());
            endOrphan(data);
            forgetHalfMadeCluster();
            server = startWatched();
            return this;
        } catch (IOException | IllegalStateException | CompletionException e) {
            throw new IllegalStateException("PostgreSQL did not start on port " + port + ": " + reason(e), e);
        }
    }

    public void stop() {
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

    /** The postmaster, whose children are the backends; empty while the server is stopped. */
    public Optional<ProcessHandle> process() {
        return server == null ? Optional.empty() : postmaster(data);
    }

    public boolean isAlive() {
        return process().filter(ProcessHandle::isAlive).isPresent();
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

    /** initdb makes the database with oid 5 ("postgres") last: without it nothing was ever stored here. */
    private void forgetHalfMadeCluster() throws IOException {
        if (!Files.exists(data.resolve("base/5/PG_VERSION"))) {
            FileUtils.cleanDirectory(data.toFile());
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
