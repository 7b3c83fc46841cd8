package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java runtime that services are started with. */
public record Jdk(Path home, String version) {

    /** Java homes, separated by commas; that of the load if it is not set. */
    private static final String VARIABLE = "HELIOGRAPH_JAVA";

    private static final List<Jdk> ALL = of(System.getenv(VARIABLE));

    /** Those of this run, at least one. */
    public static List<Jdk> all() {
        return ALL;
    }

    /** The one of scenarios that measure one only. */
    public static Jdk first() {
        return ALL.get(0);
    }

    /** For a page: the versions. */
    public static String description() {
        return ALL.stream().map(Jdk::version).collect(Collectors.joining(" and JDK ", "JDK ", ""));
    }

    static List<Jdk> of(String homes) {
        if (homes == null || homes.isBlank()) {
            return List.of(
                    new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.runtime.version")));
        }
        return Stream.of(homes.split(",", -1))
                .map(String::trim)
                .map(Path::of)
                .map(home -> new Jdk(home, version(home)))
                .toList();
    }

    /** The program that runs Java. */
    public String command() {
        return home.resolve("bin/java").toString();
    }

    /** The name of a contestant that runs on this JDK; it says so if there are several. */
    public String label(String name) {
        return ALL.size() == 1 ? name : name + ", JDK " + version.replaceFirst("[.+].*", "");
    }

    private static String version(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(VARIABLE + " names no Java home", e);
        }
        String quoted = release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION"));
        return quoted.replace("\"", "");
    }
}
