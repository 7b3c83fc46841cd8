package io.heliograph.e2e.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The quick start of {@code clients/java/README.md} compiles and runs as it is printed, with what is published. */
@ExtendWith(RunningHeliograph.class)
class JavaClientQuickStartTest {

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final Heliograph heliograph;

    @TempDir
    private Path folder;

    JavaClientQuickStartTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldRunAsPrinted() throws IOException, InterruptedException {
        Matcher program = PROGRAM.matcher(Files.readString(Heliograph.home().resolve("clients/java/README.md")));
        assertTrue(program.find());
        Path source = Files.writeString(folder.resolve("QuickStart.java"), program.group(1));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        JavaClientJar.classPath(),
                        source.toString())
                .redirectErrorStream(true);
        builder.environment()
                .put("HELIOGRAPH_URL", heliograph.gateway().address().toString());

        Process run = builder.start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(run.waitFor(1, TimeUnit.MINUTES), "it did not end");
        assertEquals(0, run.exitValue(), printed);
        assertTrue(printed.contains("ada: Hello, world\n"), printed);
        assertTrue(printed.contains("stored as 1\n"), printed);
    }
}
