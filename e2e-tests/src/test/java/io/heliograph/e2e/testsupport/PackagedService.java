package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.stack.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A single service, configured only by its environment, as a container is. */
public final class PackagedService implements AutoCloseable {

    /** A start, ten tries to reach a store some seconds apart, and a slow machine. */
    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final Path output;

    private PackagedService(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** {@code module} is the name of the service. */
    public static PackagedService start(String module, Map<String, String> environment) {
        Path folder = Heliograph.home().resolve(module);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAM=256m",
                // Halves the processor time of a start, which is most of what these processes do.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(ClassArchive.of(folder).options());
        command.addAll(List.of(
                "-jar", folder.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        try {
            Path output = Files.createTempFile(module, ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new PackagedService(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit code, once it has ended by itself. */
    public int end() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                close();
                throw new AssertionError("It has not ended: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written until now. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
