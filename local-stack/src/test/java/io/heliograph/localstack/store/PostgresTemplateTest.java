package io.heliograph.localstack.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTemplateTest {

    @TempDir
    Path folder;

    @Test
    void shouldMakeOneTemplateForConcurrentProcesses() throws Exception {
        List<String> options = List.of(
                "-Djava.io.tmpdir=" + folder,
                "-Dot.epg.working-dir=" + System.getProperty("java.io.tmpdir") + "/embedded-pg");
        List<Process> processes = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            String data =
                    Files.createDirectory(folder.resolve("copy-" + number)).toString();
            processes.add(OtherJvm.start(Copy.class, options, data));
        }

        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }

        try (Stream<Path> copies = Files.list(folder)) {
            assertEquals(
                    1,
                    copies.filter(path -> path.getFileName().toString().startsWith("copy-"))
                            .map(PostgresTemplateTest::systemIdentifier)
                            .distinct()
                            .count());
        }
    }

    public static final class Copy {

        private Copy() {}

        public static void main(String[] arguments) throws IOException {
            PostgresTemplate.copyTo(Path.of(arguments[0]));
        }
    }

    /** The number that each initdb makes, at the beginning of the file. */
    private static long systemIdentifier(Path data) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(data.resolve("global/pg_control")))
                    .getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
