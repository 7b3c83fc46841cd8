package io.heliograph.e2e.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Each item of {@code clients/BEHAVIOUR.md} names tests of every client; those of JavaScript are looked for by its own. */
class BehaviourListTest {

    private static final Pattern ITEM = Pattern.compile("(\\d+)\\. .*");
    private static final Pattern JAVA_TEST = Pattern.compile("`(JavaClient\\w+)\\.(\\w+)`");
    private static final Pattern JAVASCRIPT_TEST = Pattern.compile("`[a-z]+: .*?`");

    @Test
    void shouldNameATestOfBothClientsForEachItem() throws IOException {
        List<String> items = Files.readAllLines(Heliograph.home().resolve("clients/BEHAVIOUR.md")).stream()
                .filter(line -> ITEM.matcher(line).matches())
                .toList();

        assertTrue(items.size() >= 40, items.size() + " items");
        for (int index = 0; index < items.size(); index++) {
            String item = items.get(index);
            assertTrue(item.startsWith(index + 1 + ". "), item);
            assertTrue(JAVASCRIPT_TEST.matcher(item).find(), item);
            List<MatchResult> named = JAVA_TEST.matcher(item).results().toList();
            assertTrue(!named.isEmpty(), item);
            named.forEach(test -> assertEquals(1, tests(test.group(1), test.group(2)), item));
        }
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
