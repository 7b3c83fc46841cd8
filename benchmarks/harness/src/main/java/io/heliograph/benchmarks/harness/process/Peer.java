package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.report.Skipped;
import io.heliograph.localstack.store.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alternative to Heliograph, from {@code benchmarks/peers/<name>}. Its {@code install} installs everything into its
 * {@code target/}, does nothing if that is up to date, and prints the versions in the last line of its output, or the
 * reason of a failure in the last line of its errors. Its {@code serve} runs the server on {@code PORT}. A peer that
 * cannot be installed is listed as skipped on the page and does not fail the run.
 */
public final class Peer {

    private static final Path PEERS = Path.of("..", "peers");

    /** The first installation downloads and compiles some peers. */
    private static final Duration INSTALL_PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final String versions;

    private Peer(Path folder, String versions) {
        this.folder = folder;
        this.versions = versions;
    }

    /** Returns empty if it cannot be installed here, which is noted for the page. */
    public static Optional<Peer> install(String name) {
        return install(PEERS.resolve(name), INSTALL_PATIENCE);
    }

    static Optional<Peer> install(Path folder, Duration patience) {
        String name = folder.getFileName().toString();
        System.err.println("  installing " + name + ", which takes a while the first time");
        try {
            Path target = Files.createDirectories(folder.resolve("target"));
            // Scenarios that share a peer may run in parallel.
            try (FileChannel file = FileChannel.open(
                            target.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = file.lock()) {
                return install(folder, target, patience);
            }
        } catch (IOException | IllegalStateException cannot) {
            Skipped.note(name, cannot.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Peer> install(Path folder, Path target, Duration patience) throws IOException {
        Path output = target.resolve("install.out");
        Path errors = target.resolve("install.err");
        ProcessBuilder install = new ProcessBuilder(script(folder, "install"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        try (ProcessTree process = ProcessTree.start(install)) {
            int code = process.awaitEnd(patience)
                    .orElseThrow(() -> new IllegalStateException(
                            "install took longer than " + patience.toSeconds() + " s: see " + errors));
            if (code != 0) {
                throw new IllegalStateException(lastLine(errors));
            }
        }
        return Optional.of(new Peer(folder, lastLine(output)));
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /** Its components with their versions, for the page. */
    public String versions() {
        return versions;
    }

    /**
     * Starts it and waits until it accepts connections. Its output goes to {@code target/<name>.log}. Returns empty if
     * it does not start, which is noted for the page.
     *
     * @param cores the cores to pin it to, in the syntax of {@code taskset}
     * @param environment its settings, besides {@code PORT}
     */
    public Optional<PeerProcess> start(String cores, Map<String, String> environment) {
        int port = FreePorts.next();
        Path log = Path.of("target", name() + ".log");
        ProcessBuilder serve =
                new ProcessBuilder("taskset", "-c", cores, script(folder, "serve")).redirectErrorStream(true);
        serve.environment().putAll(environment);
        serve.environment().put("PORT", Integer.toString(port));
        try {
            Files.createDirectories(log.getParent());
            return Optional.of(PeerProcess.start(serve.redirectOutput(log.toFile()), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException didNotStart) {
            Skipped.note(name(), didNotStart.getMessage() + ": see " + log);
            return Optional.empty();
        }
    }

    /** An absolute path, independent of the working directory. */
    private static String script(Path folder, String name) {
        return folder.resolve(name).toAbsolutePath().normalize().toString();
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty()
                ? "it reports no reason"
                : lines.get(lines.size() - 1).strip();
    }
}
