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

/** A Java runtime that runs the services. */
public record Jdk(Path home, String version) {

    /** A comma-separated list of Java homes. The default is the JDK of the load. */
    private static final String VARIABLE = "HELIOGRAPH_JAVA";

    /** The images have an AOT cache; older JDKs have none that holds profiles (JEP 515). */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    private static final List<Jdk> ALL = of(System.getenv(VARIABLE));

    /** The JDKs of this run, at least one. */
    public static List<Jdk> all() {
        return ALL;
    }

    /** The JDK for scenarios that measure only one. */
    public static Jdk first() {
        return ALL.get(0);
    }

    /** The versions, for a result page. */
    public static String description() {
        return ALL.stream()
                .map(jdk -> jdk.hasAotCache() ? jdk.version + " with the AOT cache of the images" : jdk.version)
                .collect(Collectors.joining(" and JDK ", "JDK ", ""));
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

    /** The absolute path of the {@code java} executable. */
    public String command() {
        return home.resolve("bin/java").toAbsolutePath().toString();
    }

    /** Whether services run on it with an AOT cache. */
    public boolean hasAotCache() {
        return Runtime.Version.parse(version).feature() >= FIRST_WITH_AOT_CACHE;
    }

    /** The name of a contestant on this JDK. It includes the JDK version if there are several JDKs. */
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
