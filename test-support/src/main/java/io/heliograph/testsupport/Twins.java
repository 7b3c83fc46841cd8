package io.heliograph.testsupport;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tests of a module that run a service. A black box injects nothing: it sees the service from outside alone, and has a
 * twin, {@code *IT}, which is the same test on the packaged service: on the native executable with {@code -Dnative}. A
 * white box injects beans, which only a service in the JVM of the test has.
 */
public final class Twins {

    private Twins() {}

    /** The names of the black boxes that lack one, in alphabetical order. {@code test} is any class of the module. */
    public static List<String> missing(Class<?> test) {
        return tests(test)
                .filter(type -> !injects(type) && !hasTwin(type))
                .map(Class::getName)
                .toList();
    }

    /** The names of the white boxes, in alphabetical order. */
    public static List<String> whiteBoxes(Class<?> test) {
        return tests(test).filter(Twins::injects).map(Class::getName).toList();
    }

    /**
     * The names in {@code white-boxes.txt}, beside {@code test}, which states for each why the test cannot be a black
     * box.
     */
    public static List<String> listedWhiteBoxes(Class<?> test) {
        try (InputStream list = test.getResourceAsStream("white-boxes.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Twins::nameOf)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String nameOf(String line) {
        int end = line.indexOf(": ");
        if (end < 0 || line.substring(end + 2).isBlank()) {
            throw new IllegalStateException("no reason: " + line);
        }
        return line.substring(0, end);
    }

    private static boolean injects(Class<?> type) {
        return type != Object.class
                && (Arrays.stream(type.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(Inject.class))
                        || injects(type.getSuperclass()));
    }

    private static boolean hasTwin(Class<?> type) {
        String name = type.getName();
        try {
            Class<?> twin = load(type, name.substring(0, name.length() - "Test".length()) + "IT");
            return twin.getSuperclass() == type && twin.isAnnotationPresent(QuarkusIntegrationTest.class);
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    private static Stream<Class<?>> tests(Class<?> test) {
        try {
            Path root = Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                List<String> names = files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith("Test.class"))
                        .map(file -> file.substring(0, file.length() - ".class".length())
                                .replace(File.separatorChar, '.'))
                        .sorted()
                        .toList();
                return names.stream()
                        .<Class<?>>map(name -> {
                            try {
                                return load(test, name);
                            } catch (ClassNotFoundException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .filter(type -> type.isAnnotationPresent(QuarkusTest.class));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(Class<?> test, String name) throws ClassNotFoundException {
        return Class.forName(name, false, test.getClassLoader());
    }
}
