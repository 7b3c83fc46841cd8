package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    private static final Instant PACKAGED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path module;

    private Path jar;
    private ClassArchive archive;

    @BeforeEach
    void packageTheService() throws IOException {
        Path libraries = Files.createDirectories(module.resolve("target/quarkus-app/lib/main"));
        jar = Files.createFile(libraries.resolve("a.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(PACKAGED));
        archive = ClassArchive.of(module);
    }

    @Test
    void shouldStartWithoutAMissingArchive() {
        assertEquals(0, archive.options().size());
    }

    @Test
    void shouldUseAnArchiveThatIsNewerThanEachJar() throws IOException {
        record(PACKAGED.plusSeconds(1));

        assertTrue(archive.options().contains("-XX:SharedArchiveFile=" + archive.file()), archive.options()::toString);
    }

    @Test
    void shouldStartWithoutAnArchiveOfAnEarlierBuild() throws IOException {
        record(PACKAGED.plusSeconds(1));

        Files.setLastModifiedTime(jar, FileTime.from(PACKAGED.plusSeconds(2)));

        assertEquals(0, archive.options().size());
    }

    @Test
    void shouldHaveNoArchiveThatNoJvmRecorded() {
        archive.replace();

        assertFalse(archive.isCurrent());
    }

    private void record(Instant time) throws IOException {
        String prefix = "-XX:ArchiveClassesAtExit=";
        String recorded = archive.recordingOptions().stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> option.substring(prefix.length()))
                .findFirst()
                .orElseThrow();
        Files.setLastModifiedTime(Files.createFile(Path.of(recorded)), FileTime.from(time));
        archive.replace();
    }
}
