package io.heliograph.localstack.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.io.FileUtils;

/**
 * A new data directory for each version of PostgreSQL, made once for this machine and user, because a copy takes a tenth
 * of the time of initdb. A file lock lets one process at a time make it, and it appears under its name when it is
 * complete.
 */
final class PostgresTemplate {

    private static final Path FOLDER =
            Path.of(System.getProperty("java.io.tmpdir"), "heliograph-postgres-" + System.getProperty("user.name"));

    private PostgresTemplate() {}

    /** Fills the empty directory {@code data}. */
    static void copyTo(Path data) throws IOException {
        FileUtils.copyDirectory(complete().toFile(), data.toFile());
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }

    private static synchronized Path complete() throws IOException {
        Path template = FOLDER.resolve(version());
        if (PostgresCluster.isComplete(template)) {
            return template;
        }
        Files.createDirectories(FOLDER);
        try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !PostgresCluster.isComplete(template)) {
                make(template);
            }
        }
        return template;
    }

    private static void make(Path template) throws IOException {
        Path unfinished = Files.createTempDirectory(FOLDER, "unfinished");
        Path data = unfinished.resolve("data");
        PostgresCluster.initialize(data);
        FileUtils.deleteDirectory(template.toFile());
        Files.move(data, template, StandardCopyOption.ATOMIC_MOVE);
        FileUtils.deleteDirectory(unfinished.toFile());
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = PostgresTemplate.class.getResourceAsStream("postgres.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version");
    }
}
