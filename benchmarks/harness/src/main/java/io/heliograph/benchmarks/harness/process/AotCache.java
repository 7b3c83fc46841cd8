package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.localstack.store.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The AOT cache of a packaged service, created like that of its image, by {@code images/train.sh}. */
final class AotCache {

    private static final Path SCRIPT = Path.of("../../images/train.sh");

    /** On a busy machine it takes minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private AotCache() {}

    /**
     * The options with which the JVM uses the cache, and does not start without it; none if the JDK uses no cache. The
     * first call for an archive creates the cache, within a minute.
     */
    static synchronized List<String> options(String service, Jdk jdk) {
        if (!jdk.hasAotCache()) {
            return List.of();
        }
        Path folder = ServiceProcess.folder(service);
        Path cache = folder.resolve("start-" + jdk.version() + ".aot");
        if (isStale(cache, folder.resolve(ServiceProcess.ARCHIVE))) {
            System.err.println("  creating the AOT cache of " + service);
            train(service, jdk, folder);
            move(folder.resolve("start.aot"), cache);
        }
        return List.of("-XX:AOTCache=" + cache.getFileName(), "-XX:AOTMode=on");
    }

    private static boolean isStale(Path cache, Path archive) {
        try {
            return !Files.exists(cache)
                    || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(archive)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void train(String service, Jdk jdk, Path folder) {
        Path log = Path.of("target", service + "-training.log");
        ProcessBuilder command = new ProcessBuilder(
                        "bash", SCRIPT.toAbsolutePath().toString(), service)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toAbsolutePath().toFile());
        String bin = jdk.home().resolve("bin").toAbsolutePath().toString();
        command.environment().merge("PATH", bin, (path, first) -> first + File.pathSeparator + path);
        command.environment().put("QUARKUS_HTTP_PORT", Integer.toString(FreePorts.next()));
        command.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePorts.next()));
        try (ProcessTree training = ProcessTree.start(command)) {
            if (!training.awaitEnd(PATIENCE).equals(OptionalInt.of(0))) {
                throw new IllegalStateException("no AOT cache was created: see " + log);
            }
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
