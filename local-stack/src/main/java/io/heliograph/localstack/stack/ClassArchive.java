package io.heliograph.localstack.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of a packaged service as a JVM had loaded and verified them when it ended (application class-data sharing).
 * A JVM that maps the archive needs a third less processor time until the service is ready. It fits the JVM and the jars
 * that it was made of; a JVM ignores one that does not fit.
 */
public final class ClassArchive {

    /** Of the JVM about archives: what cannot be in one, or why it ignores one. */
    private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

    private final Path application;
    private final Path file;
    private final Path recorded;

    private ClassArchive(Path target) {
        this.application = target.resolve("quarkus-app");
        this.file = target.resolve("classes-" + Runtime.version() + ".jsa");
        this.recorded = target.resolve("classes-" + Runtime.version() + ".part");
    }

    /** Of the service that is packaged in {@code module}, for the JVM that runs this. */
    public static ClassArchive of(Path module) {
        return new ClassArchive(module.resolve("target"));
    }

    public Path file() {
        return file;
    }

    /** Whether it was made, and after each of the jars. */
    public boolean isCurrent() {
        if (!Files.exists(file)) {
            return false;
        }
        try (Stream<Path> jars = Files.walk(application)) {
            long made = millis(file);
            return jars.filter(Files::isRegularFile)
                    .mapToLong(ClassArchive::millis)
                    .allMatch(jar -> jar < made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options with which a JVM starts from it; none unless it {@link #isCurrent}. */
    public List<String> options() {
        return isCurrent() ? with("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** The options with which a JVM makes a new one when it ends, for {@link #replace}. */
    public List<String> recordingOptions() {
        return with("-XX:ArchiveClassesAtExit=" + recorded);
    }

    /** Takes the one that a JVM has recorded, if it could, in place of the present one. */
    public void replace() {
        try {
            if (Files.exists(recorded)) {
                Files.move(recorded, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> with(String option) {
        return Stream.concat(Stream.of(option), SILENT.stream()).toList();
    }

    private static long millis(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
