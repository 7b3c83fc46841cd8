package io.heliograph.e2e.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of the settings equals the {@code @ConfigMapping} interfaces. */
class SettingsReferenceTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/operations/settings.md");

    @Test
    void shouldEqualTheConfigurationInterfaces() throws IOException {
        String page = page();
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, page);
        }
        assertFalse(page.contains("|  |"), "a setting has no description");
        assertEquals(
                page,
                Files.readString(PAGE),
                "Write it anew: ./mvnw -pl e2e-tests -am test-compile failsafe:integration-test"
                        + " -Dit.test=SettingsReferenceTest -Dfailsafe.failIfNoSpecifiedTests=false"
                        + " -Dtest=SettingsReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dsettings.write=true");
    }

    @Test
    void shouldWriteJavadocAsMarkdown() {
        assertEquals(
                "At most `max-reads` at once, as `Semaphore` says; a \\| b.",
                SettingsReference.plain(" At most {@link #maxReads} at once,\n as {@code Semaphore} says; a | b.\n"));
        assertEquals("longest-delay", SettingsReference.kebab("longestDelay"));
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                <!-- Generated from the Javadoc of the *Config interfaces. Change it there. -->
                # Settings reference

                Every setting of Heliograph, by service. How settings are given, and those of Quarkus that must be given, are described in [configuration](configuration.md). Durations are `10S`, `5M` or `24H` (ISO 8601 without `PT`), sizes bytes or `64K`, `10M`. `<name>` stands for a name that you choose.
                """);
        for (String service : List.of("gateway-service", "message-service", "user-service")) {
            page.append("\n## ").append(service).append('\n');
            page.append(SettingsReference.of(
                            sources(service),
                            ROOT.resolve(service).resolve("src/main/resources/application.properties"))
                    .markdown());
        }
        return page.toString();
    }

    /** Those of the service, and of the libraries that it uses. */
    private static List<Path> sources(String service) throws IOException {
        List<Path> sources = new ArrayList<>(List.of(ROOT.resolve(service).resolve("src/main/java")));
        String dependencies = Files.readString(ROOT.resolve(service).resolve("pom.xml"));
        try (Stream<Path> libraries = Files.list(ROOT.resolve("libs"))) {
            libraries
                    .filter(library -> dependencies.contains("<artifactId>" + library.getFileName() + "</artifactId>"))
                    .map(library -> library.resolve("src/main/java"))
                    .sorted()
                    .forEach(sources::add);
        }
        return sources;
    }
}
