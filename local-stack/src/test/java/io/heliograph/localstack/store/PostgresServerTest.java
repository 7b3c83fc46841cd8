package io.heliograph.localstack.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path folder;

    @Test
    void shouldReachTheDiskAtEachCommitWhenDurable() throws SQLException {
        try (PostgresServer server = PostgresServer.durable(folder.resolve("with space"), FreePorts.next())) {
            assertEquals("on", ask(server, "SHOW fsync"));
            assertEquals("on", ask(server, "SHOW synchronous_commit"));
        }
    }

    @Test
    void shouldEndTheServerOfAKilledLauncherAndKeepItsData() throws Exception {
        Path data = folder.resolve("data");
        ProcessHandle orphan = orphanOfKilledLauncher(data);

        try (PostgresServer next = PostgresServer.fast(data, FreePorts.next())) {
            assertFalse(orphan.isAlive());
            assertEquals("7", ask(next, "SELECT value FROM kept"));
        }
    }

    @Test
    void shouldInitializeAgainAfterAnInterruptedFirstStart() throws IOException, SQLException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("postgresql.conf"), "");

        try (PostgresServer server = PostgresServer.fast(data, FreePorts.next())) {
            assertEquals("1", ask(server, "SELECT 1"));
        }
    }

    @Test
    void shouldReportAtOnceWhyItCannotStart() throws IOException {
        Path data = folder.resolve("data");
        int port = FreePorts.next();
        PostgresServer.fast(data, port).close();
        Files.writeString(data.resolve("PG_VERSION"), "17");

        IllegalStateException failure = assertTimeoutPreemptively(
                // Less than the four minutes for which a server is waited for.
                Duration.ofMinutes(3),
                () -> assertThrows(IllegalStateException.class, () -> PostgresServer.fast(data, port)));

        assertTrue(failure.getMessage().contains("incompatible with server"), failure.getMessage());
    }

    /** A launcher in a JVM of its own, which is killed once it has stored something. */
    public static final class Launcher {

        private Launcher() {}

        public static void main(String[] arguments) throws Exception {
            PostgresServer server = PostgresServer.fast(Path.of(arguments[0]), FreePorts.next());
            ask(server, "CREATE TABLE kept AS SELECT 7 AS value");
            System.out.println(server.process().orElseThrow().pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static ProcessHandle orphanOfKilledLauncher(Path data) throws Exception {
        Process launcher = OtherJvm.start(Launcher.class, List.of(), data.toString());
        long pid = Long.parseLong(launcher.inputReader().readLine());
        launcher.destroyForcibly().waitFor();
        ProcessHandle orphan = ProcessHandle.of(pid).orElseThrow();
        assertTrue(orphan.isAlive());
        return orphan;
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:" + server.reactiveUrl(), PostgresServer.USER, "");
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet answer = statement.getResultSet();
            answer.next();
            return answer.getString(1);
        }
    }
}
