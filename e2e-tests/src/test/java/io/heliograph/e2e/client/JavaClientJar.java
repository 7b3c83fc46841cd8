package io.heliograph.e2e.client;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The packaged client for Java. */
final class JavaClientJar {

    static final Path PROJECT = Heliograph.home().resolve("clients/java");

    private static final String SOURCES = "-sources.jar";

    private JavaClientJar() {}

    static Path jar() {
        return packaged().stream()
                .filter(jar -> !jar.toString().endsWith(SOURCES))
                .findFirst()
                .orElseThrow();
    }

    static Path sources() {
        return packaged().stream()
                .filter(jar -> jar.toString().endsWith(SOURCES))
                .findFirst()
                .orElseThrow();
    }

    /** What a program needs: the client and Jackson. */
    static String classPath() {
        Stream<String> jackson = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar).getFileName().toString().startsWith("jackson-"));
        return Stream.concat(Stream.of(jar().toString()), jackson).collect(joining(File.pathSeparator));
    }

    /** The files in a jar. */
    static Set<String> files(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> packaged() {
        try (Stream<Path> files = Files.list(PROJECT.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("heliograph-client-.*\\.jar"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
