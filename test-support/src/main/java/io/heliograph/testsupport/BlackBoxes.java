package io.heliograph.testsupport;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tests of a module that see its service from outside alone. Each has a twin, {@code *IT}, which is the same test on the
 * packaged service: on the native executable with {@code -Dnative}.
 */
public final class BlackBoxes {

    private BlackBoxes() {}

    /** The names of those that have no twin, in alphabetical order. {@code test} is any of the module. */
    public static List<String> withoutTwin(Class<?> test) {
        return tests(test)
                .filter(type -> isBlackBox(type) && !hasTwin(type))
                .map(Class::getName)
                .sorted()
                .toList();
    }

    private static boolean isBlackBox(Class<?> type) {
        return type.isAnnotationPresent(QuarkusTest.class) && !injects(type);
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
                        .toList();
                return names.stream().map(name -> {
                    try {
                        return load(test, name);
                    } catch (ClassNotFoundException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(Class<?> test, String name) throws ClassNotFoundException {
        return Class.forName(name, false, test.getClassLoader());
    }
}
