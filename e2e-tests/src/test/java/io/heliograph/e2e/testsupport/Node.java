package io.heliograph.e2e.testsupport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The Node.js of the machine, which runs the tests of the JavaScript client. Nothing is downloaded. */
public final class Node {

    private static final int OLDEST = 20;

    /** Earlier versions have a WebSocket only with an option. */
    private static final int WITH_WEBSOCKET = 22;

    /** Several times what the tests take on a busy machine: what hangs is to fail. */
    private static final long PATIENCE_MINUTES = 15;

    private static final Optional<Path> NODE = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "node"))
            .filter(Files::isExecutable)
            .findFirst();

    private Node() {}

    /** Skips the test with a message where no recent version is installed. */
    public static void assumeInstalled() {
        boolean installed = NODE.isPresent() && version() >= OLDEST;
        if (!installed) {
            System.err.println(
                    "WARNING: Node.js " + OLDEST + " or newer is not on the PATH: the JavaScript client is NOT"
                            + " tested (Debian: apt-get install nodejs)");
        }
        Assumptions.assumeTrue(installed, "Node.js is not on the PATH");
    }

    /**
     * Runs it in {@code folder} until it ends, and writes its output to {@code output}.
     *
     * @return its exit code
     */
    public static int run(Path folder, Path output, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(NODE.orElseThrow().toString()));
        if (version() < WITH_WEBSOCKET) {
            command.add("--experimental-websocket");
            command.add("--no-warnings");
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return end(builder);
    }

    private static int version() {
        try {
            Process process = new ProcessBuilder(NODE.orElseThrow().toString(), "--version").start();
            String version = new String(process.getInputStream().readAllBytes(), US_ASCII).trim();
            return Integer.parseInt(version.substring(1, version.indexOf('.')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int end(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            try {
                if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                    throw new AssertionError("It has not ended");
                }
                return process.exitValue();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
