package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Launcher;
import io.heliograph.e2e.testsupport.PackagedService;
import io.heliograph.localstack.stack.Stack;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {

    /**
     * A start after the first takes under 15 s on two cores. Held in processor time, which a busy machine does not
     * stretch; one with slower cores does, and still has to notice a start that has become twice the work.
     */
    private static final Duration SECOND_START = Duration.ofSeconds(40);

    /** Of one service, on a machine that may be busy. */
    private static final Duration START = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final List<String> ports = Launcher.freePorts();
    private final List<Launcher> launchers = new ArrayList<>();

    @AfterEach
    void stop() {
        launchers.forEach(Launcher::close);
    }

    @Test
    void shouldKeepDataThroughStopsAndKillsAndRestartProcesses() throws IOException {
        Launcher first = launch("--replicas", "message=2");
        first.awaitReady();
        Api ada = signIn(first);
        UUID room = ada.room("private");
        ada.send(room, "1", "kept").expect(201);
        assertPrintsEssentials(first);
        List<ProcessHandle> started = first.children();

        assertEquals(0, first.stop(), first.output());
        assertTrue(started.stream().noneMatch(ProcessHandle::isAlive), started.toString());
        assertEquals(List.of("bin", "keys", "logs", "postgres", "postgres.log"), children(data()));

        Launcher second = launch();
        second.awaitReady();
        assertTrue(second.processorTime().compareTo(SECOND_START) < 0, second.processorTime() + " of processor time");
        assertEquals(1, signIn(second).history(room).size());
        List<ProcessHandle> orphans = second.children();
        second.kill();
        assertTrue(orphans.stream().anyMatch(ProcessHandle::isAlive), "the kill took the children along");

        Launcher third = launch();
        third.awaitReady();
        assertTrue(orphans.stream().noneMatch(ProcessHandle::isAlive), third.output());
        assertEquals(1, signIn(third).history(room).size());
        assertRefusesASecond(third);
        assertStartsAgainWhatDies(third, room);
    }

    private void assertRefusesASecond(Launcher running) {
        Launcher another = launch();

        assertEquals(1, another.awaitExit());
        assertTrue(another.output().contains("is in use by another Heliograph"), another.output());
        assertTrue(running.output().lines().noneMatch(line -> line.contains("ended")), running.output());
    }

    private static void assertStartsAgainWhatDies(Launcher launcher, UUID room) {
        child(launcher.children(), "message-service").destroyForcibly();
        child(launcher.children(), "redis-server").destroyForcibly();

        await().atMost(START)
                .ignoreExceptions()
                .until(() -> signIn(launcher).send(room, "2", "still here").status() == 201);
        assertTrue(launcher.output().contains("message ended with exit code 137"), launcher.output());
        assertTrue(launcher.output().contains("Redis ended"), launcher.output());
    }

    @Test
    void shouldStartOnlyTheStoresAndWriteTheSettingsOfServices() throws Exception {
        Launcher launcher = launch("--only", "stores");
        launcher.awaitReady();
        Path settings = data().resolve("dev.properties");
        assertTrue(launcher.output().contains(settings.toString()), launcher.output());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)));
        assertTrue(
                launcher.children().stream()
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains("-service")),
                launcher.output());

        Map<String, String> environment = Map.of(
                "QUARKUS_CONFIG_LOCATIONS", settings.toUri().toString(),
                // In development it has a default; these are packaged.
                "HELIOGRAPH_TOKENS_JWKS_URL", "http://localhost:1/.well-known/jwks.json",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_PORT", "0");
        try (PackagedService users = PackagedService.start("user-service", environment);
                PackagedService messages = PackagedService.start("message-service", environment)) {
            for (PackagedService service : List.of(users, messages)) {
                await().atMost(START).until(() -> service.output().contains(" started in ") || !service.isAlive());
                assertTrue(service.isAlive(), service::output);
            }
            assertTrue(users.output().contains("Demo accounts are on"), users::output);
            await().atMost(START).until(() -> messages.output().contains("Connected to Redis"));
            assertFalse(messages.output().contains("heliograph.feed.secret is not set"), messages::output);
        }

        assertEquals(0, launcher.stop(), launcher.output());
        assertFalse(Files.exists(settings));
    }

    @Test
    void shouldReportTheServiceThatDidNotStartAndItsLastErrorInOneLine() {
        Launcher launcher =
                Launcher.start(folder, options(), Map.of("HELIOGRAPH_PASSWORDS_ITERATIONS", "not a number"));
        launchers.add(launcher);

        assertEquals(1, launcher.awaitExit());
        List<String> lines = launcher.output().lines().toList();
        String last = lines.get(lines.size() - 1);
        assertTrue(
                last.matches("heliograph \\| user ended with exit code 1: .*heliograph.passwords.iterations.*"), last);
    }

    @Test
    void shouldNameThePortThatIsTaken() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0)) {
            Launcher launcher = launch("--port", "gateway=" + occupant.getLocalPort());

            assertEquals(1, launcher.awaitExit());
            assertTrue(
                    launcher.output().contains("Port " + occupant.getLocalPort() + " (gateway) is taken"),
                    launcher.output());
            assertEquals(1, launcher.output().lines().count(), launcher.output());
        }
    }

    @Test
    void shouldShowItsUsageWhenMisused() {
        Launcher launcher = launch("--frsh");

        assertEquals(2, launcher.awaitExit());
        assertTrue(launcher.output().startsWith("heliograph: unknown option --frsh"), launcher.output());
        assertTrue(launcher.output().contains("Usage: ./run"), launcher.output());
    }

    @Test
    void shouldExplainWhatToDoWithoutAJdk() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "sed")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }

        Launcher launcher = Launcher.start(folder, List.of(), Map.of("PATH", tools.toString(), "JAVA_HOME", ""));

        assertEquals(1, launcher.awaitExit());
        assertTrue(launcher.output().startsWith("heliograph: needs a JDK 17 or newer"), launcher.output());
    }

    @Test
    void shouldExplainWhatToDoWhenItsFolderIsNotWritable() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        List<String> options = new ArrayList<>(ports);
        options.addAll(List.of("--data", file.resolve("data").toString()));

        Launcher launcher = Launcher.start(folder, options);

        assertEquals(1, launcher.awaitExit());
        assertTrue(launcher.output().contains("choose another folder: --data DIR"), launcher.output());
        assertFalse(launcher.output().contains("\tat "), launcher.output());
    }

    /** The output of a healthy start, without warnings of a slow machine. */
    private void assertPrintsEssentials(Launcher launcher) throws IOException {
        assertEquals(
                List.of(),
                launcher.output()
                        .lines()
                        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                        .filter(line -> !line.matches(".*(has been blocked|does not answer|[Tt]imeout|in time).*"))
                        .toList());
        String banner = launcher.output().substring(launcher.output().indexOf("Heliograph is ready"));
        assertTrue(banner.indexOf("/api/docs") < banner.indexOf("WebSocket"), banner);
        assertTrue(banner.contains("chat"), banner);
        assertFalse(launcher.output().contains("\"path\":\"/api/rooms"), launcher.output());
        Path accessLog = data().resolve("logs/gateway-access.log");
        await().atMost(START)
                .until(() ->
                        Files.exists(accessLog) && Files.readString(accessLog).contains("/api/rooms"));
    }

    private Launcher launch(String... options) {
        List<String> all = options(options);
        Launcher launcher = Launcher.start(folder, all);
        launchers.add(launcher);
        return launcher;
    }

    private List<String> options(String... options) {
        List<String> all = new ArrayList<>(ports);
        all.addAll(List.of("--data", data().toString()));
        all.addAll(List.of(options));
        return all;
    }

    private Path data() {
        return folder.resolve("a folder with spaces");
    }

    private static Api signIn(Launcher launcher) {
        String token = launcher.api()
                .post("/api/auth/login", Map.of("login", "ada", "password", Stack.DEMO_PASSWORD))
                .expect(200)
                .body()
                .get("accessToken")
                .textValue();
        return launcher.api().withToken(token);
    }

    private static ProcessHandle child(List<ProcessHandle> children, String service) {
        return children.stream()
                .filter(child -> child.info().commandLine().orElse("").contains(service))
                .findFirst()
                .orElseThrow();
    }

    private static Path which(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
