package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void shouldRejectASecondHolderUntilTheFirstReleases() {
        DataFolder first = DataFolder.hold(folder);

        StackFailure refused = assertThrows(StackFailure.class, () -> DataFolder.hold(folder));
        first.close();

        assertTrue(
                refused.getMessage()
                        .contains("process " + ProcessHandle.current().pid()),
                refused.getMessage());
        DataFolder.hold(folder).close();
    }

    @Test
    void shouldLeaveNeitherLockNorTemporaryFiles() throws IOException {
        DataFolder held = DataFolder.hold(folder);
        Files.writeString(held.temporary().resolve("scratch"), "");

        held.close();

        assertEquals(List.of(), children(folder));
    }

    @Test
    void shouldEndProcessesThatAKilledHolderLeftRunning() throws IOException {
        Process orphan = new ProcessBuilder("sleep", "60").start();
        long start = orphan.info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(folder.resolve("stack.lock"), orphan.pid() + " " + start + "\n");

        DataFolder.hold(folder).close();

        assertFalse(orphan.isAlive());
    }

    @Test
    void shouldNotEndAnotherProcessWithThePidOfAnOrphan() throws IOException {
        Process other = new ProcessBuilder("sleep", "60").start();
        long earlier = other.info().startInstant().orElseThrow().toEpochMilli() - 60_000;
        Files.writeString(folder.resolve("stack.lock"), other.pid() + " " + earlier + "\n");

        DataFolder.hold(folder).close();

        assertTrue(other.isAlive());
        other.destroyForcibly();
    }

    @Test
    void shouldForgetDataButNotTheUnpackedBinaries() throws IOException {
        DataFolder held = DataFolder.hold(folder);
        Files.createDirectories(held.postgres().resolve("base"));
        Files.createDirectories(held.keys());
        Files.createDirectories(held.binaries());

        held.clear();
        held.close();

        assertEquals(List.of("bin"), children(folder));
    }

    @Test
    void shouldExplainWhatToDoWhenTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        StackFailure failure = assertThrows(StackFailure.class, () -> DataFolder.hold(file.resolve("data")));

        assertTrue(failure.getMessage().contains("--data DIR"), failure.getMessage());
    }

    private static List<String> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
