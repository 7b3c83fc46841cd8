package io.heliograph.e2e.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Each item of {@code clients/BEHAVIOUR.md} names tests of every client; those of JavaScript are looked for by its own. */
class BehaviourListTest {

    /** Its number, its text, and the tests for JavaScript and for Java. */
    private static final Pattern ITEM = Pattern.compile("\\| (\\d+) \\| (.*?) \\| (.*?) \\| (.*?) \\|");

    private static final Pattern NAME = Pattern.compile("`(.*?)`");
    private static final Pattern JAVA_TEST = Pattern.compile("(JavaClient\\w+)\\.(\\w+)");

    @Test
    void shouldNameATestOfBothClientsForEachItem() throws IOException {
        List<Matcher> items = Files.readAllLines(Heliograph.home().resolve("clients/BEHAVIOUR.md")).stream()
                .map(ITEM::matcher)
                .filter(Matcher::matches)
                .toList();

        assertTrue(items.size() >= 46, items.size() + " items");
        for (int index = 0; index < items.size(); index++) {
            Matcher item = items.get(index);
            assertEquals(index + 1, Integer.parseInt(item.group(1)), item.group());
            assertFalse(names(item.group(3)).isEmpty(), item.group());
            assertFalse(names(item.group(4)).isEmpty(), item.group());
            names(item.group(4)).forEach(name -> {
                Matcher test = JAVA_TEST.matcher(name);
                assertTrue(test.matches(), name);
                assertEquals(1, tests(test.group(1), test.group(2)), name);
            });
        }
    }

    private static List<String> names(String tests) {
        return NAME.matcher(tests).results().map(name -> name.group(1)).toList();
    }

    private static long tests(String type, String name) {
        try {
            Method[] methods = Class.forName(BehaviourListTest.class.getPackageName() + "." + type)
                    .getDeclaredMethods();
            return Arrays.stream(methods)
                    .filter(method -> method.getName().equals(name))
                    .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                    .count();
        } catch (ClassNotFoundException e) {
            throw new AssertionError("there is no " + type, e);
        }
    }
}
