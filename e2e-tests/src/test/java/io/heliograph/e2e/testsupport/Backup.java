package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;

/** A base backup of a running PostgreSQL, as of pg_basebackup: its files, and the log that makes them consistent. */
public final class Backup {

    private final Path folder;

    private Backup(Path folder) {
        this.folder = folder;
    }

    /** Contains all commits before the call, and some of those during it. */
    public static Backup take(PostgresServer server, Path data, Path folder) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + server.reactiveUrl(), PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('heliograph', fast => true)");
            copy(data, folder);
            ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(wait_for_archive => false)");
            end.next();
            Files.writeString(folder.resolve("backup_label"), end.getString(1));
            copy(data.resolve("pg_wal"), folder.resolve("pg_wal"));
            Files.deleteIfExists(folder.resolve("postmaster.pid"));
            return new Backup(folder);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the data of the stopped server. */
    public void restoreTo(Path data) {
        try {
            FileUtils.cleanDirectory(data.toFile());
            copy(folder, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder during writes: deleted files are skipped, and changed ones are repaired from the log. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(source));
                Files.createDirectories(target);
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path source, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(source, to.resolve(from.relativize(source)), StandardCopyOption.REPLACE_EXISTING);
                } catch (NoSuchFileException gone) {
                    Files.deleteIfExists(to.resolve(from.relativize(source)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path source, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
