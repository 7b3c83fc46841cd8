package io.heliograph.e2e.client;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published of the client for Java. That it needs nothing but Jackson is shown by its quick start. */
class JavaClientJarTest {

    private static final String PACKAGE = "io/heliograph/client/";

    @Test
    void shouldContainOnlyTheClientAndTheLicence() throws IOException {
        Set<String> files = JavaClientJar.files(JavaClientJar.jar());

        assertTrue(files.contains(PACKAGE + "HeliographClient.class"));
        assertEquals(
                Set.of(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/maven/io.heliograph/heliograph-client/pom.xml",
                        "META-INF/maven/io.heliograph/heliograph-client/pom.properties"),
                files.stream()
                        .filter(file -> !file.startsWith(PACKAGE) || !file.endsWith(".class"))
                        .collect(toSet()));
        try (JarFile jar = new JarFile(JavaClientJar.jar().toFile())) {
            assertEquals(
                    "io.heliograph.client",
                    jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
            assertEquals(
                    Files.readString(Heliograph.home().resolve("LICENSE")),
                    new String(
                            jar.getInputStream(jar.getEntry("META-INF/LICENSE")).readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldIncludeAllSources() throws IOException {
        Path folder = JavaClientJar.PROJECT.resolve("src/main/java");
        try (Stream<Path> sources = Files.walk(folder)) {
            Set<String> expected = sources.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(toSet());

            assertEquals(
                    expected,
                    JavaClientJar.files(JavaClientJar.sources()).stream()
                            .filter(file -> file.endsWith(".java"))
                            .collect(toSet()));
        }
    }
}
