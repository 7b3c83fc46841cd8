package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {

    @TempDir
    private Path parent;

    @Test
    void shouldKeepValuesForTheNextProgram() {
        String longest = "outbox:" + "x".repeat(128) + ":/\\?\n";
        ClientStorage first = storage();
        first.put("session", "one");
        first.put(longest, "{\"content\":\"Grüße 👋\"}");
        first.put("outbox:2", "gone");
        first.put("session", "two");
        first.remove("outbox:2");
        first.remove("never there");

        ClientStorage next = storage();

        assertEquals(Optional.of("two"), next.get("session"));
        assertEquals(Optional.of("{\"content\":\"Grüße 👋\"}"), next.get(longest));
        assertEquals(Optional.empty(), next.get("outbox:2"));
        assertEquals(List.of(longest), next.keys("outbox:"));
        assertEquals(Set.of("session", longest), Set.copyOf(next.keys("")));
    }

    @Test
    void shouldIgnoreOtherFiles() throws IOException {
        ClientStorage storage = storage();
        storage.put("session", "one");
        Files.writeString(parent.resolve("client/other.json"), "no JSON");
        Files.writeString(parent.resolve("client/notes.txt"), "a text");

        assertEquals(List.of("session"), storage.keys(""));
    }

    @Test
    void shouldMakeItsFilesReadableOnlyByTheirOwner() throws IOException {
        storage().put("session", "a token");

        assertTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
        assertEquals("rwx------", permissions(parent.resolve("client")));
        try (Stream<Path> files = Files.list(parent.resolve("client"))) {
            assertEquals(
                    List.of("rw-------"),
                    files.map(FileStorageTest::permissions).toList());
        }
    }

    private ClientStorage storage() {
        return new FileStorage(parent.resolve("client"));
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
