package io.heliograph.benchmarks.harness.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.benchmarks.harness.report.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Sends its setting to each client, beside a worker that outlives it unless it is killed. */
    private static final String SERVE = """
            sleep 1000 & echo $! > "$(dirname "$0")/worker"
            exec "$JAVA_HOME/bin/java" "$(dirname "$0")/Server.java"
            """;

    private static final String SERVER = """
            class Server {
                public static void main(String[] args) throws Exception {
                    var server = new java.net.ServerSocket(Integer.parseInt(System.getenv("PORT")));
                    while (true) {
                        try (var socket = server.accept()) {
                            socket.getOutputStream().write(System.getenv("GREETING").getBytes());
                        }
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void clearSkipped() {
        Skipped.take();
    }

    @Test
    void shouldServeWithItsSettingsAndEndAllProcessesWhenClosed() throws Exception {
        script("install", "echo resolving; echo 'greeter 1.2'");
        script("serve", SERVE);
        Files.writeString(folder.resolve("Server.java"), SERVER);

        Peer peer = install().orElseThrow();
        long worker;
        try (PeerProcess process = peer.start("0", environment()).orElseThrow()) {
            try (Socket socket = new Socket("127.0.0.1", process.address().getPort());
                    InputStream input = socket.getInputStream()) {
                assertEquals("hello", new String(input.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertTrue(process.usage().cpuSeconds() > 0);
            worker = Long.parseLong(Files.readString(folder.resolve("worker")).strip());
        }

        assertEquals("greeter 1.2", peer.versions());
        await().until(() ->
                ProcessHandle.of(worker).filter(ProcessHandle::isAlive).isEmpty());
        assertEquals(List.of(), Skipped.take());
    }

    @Test
    void shouldNoteTheReasonWhenItCannotBeInstalled() throws IOException {
        script("install", "echo 'needs a compiler' >&2; exit 1");

        assertEquals(Optional.empty(), install());
        assertEquals(List.of("SKIPPED: " + folder.getFileName() + ": needs a compiler"), Skipped.take());
    }

    @Test
    void shouldAbortAnInstallationThatTakesTooLong() throws IOException {
        script("install", "sleep 1000");

        assertEquals(Optional.empty(), Peer.install(folder, Duration.ofMillis(200)));
        assertEquals(1, Skipped.take().size());
    }

    @Test
    void shouldSkipAPeerThatDoesNotStart() throws IOException {
        script("install", "echo 1.2");
        script("serve", "exit 3");

        assertEquals(Optional.empty(), install().orElseThrow().start("0", environment()));
        assertTrue(Skipped.take().get(0).contains("did not start"));
    }

    private Optional<Peer> install() {
        return Peer.install(folder, PATIENCE);
    }

    private static Map<String, String> environment() {
        return Map.of("GREETING", "hello", "JAVA_HOME", System.getProperty("java.home"));
    }

    private void script(String name, String lines) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/usr/bin/env bash\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
