package io.heliograph.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The lines of one logging category that are written from now on. They are read from a file, so that they can be those of
 * a packaged service too.
 */
public final class LogFile {

    private final Path file;
    private final int start;

    private LogFile(Path file, int start) {
        this.file = file;
        this.start = start;
    }

    /** Of a service with {@link #settings} for this category. */
    public static LogFile of(String category) {
        Path file = file(category);
        return new LogFile(file, read(file).length);
    }

    /** Has a service write the messages of {@code category} to a file, besides what its handler {@code handler} does. */
    public static Map<String, String> settings(String category, String handler) {
        String file = "quarkus.log.handler.file.\"" + category + "\".";
        return Map.of(
                file + "enabled",
                "true",
                file + "path",
                file(category).toString(),
                file + "format",
                "%s%n",
                "quarkus.log.category.\"" + category + "\".handlers",
                handler + "," + category);
    }

    /** As they were written; one that is being written is left out. */
    public List<String> lines() {
        byte[] all = read(file);
        String text = new String(all, start, all.length - start, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Path file(String category) {
        return Path.of("target", category + ".log").toAbsolutePath();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
