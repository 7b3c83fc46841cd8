package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;

/** Text files with distinct lines of equal length. {@link #close} deletes them. */
public final class ImportFiles implements AutoCloseable {

    /** Includes the line terminator. */
    public static final int LINE_BYTES = 100;

    private final Path folder = Machine.newFolder();
    private final List<Path> files;
    private final int linesEach;

    public ImportFiles(int count, int linesEach) {
        this.linesEach = linesEach;
        files = IntStream.range(0, count).mapToObj(this::write).toList();
    }

    public List<Path> all() {
        return files;
    }

    public int linesEach() {
        return linesEach;
    }

    private Path write(int number) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder(linesEach * LINE_BYTES);
        for (int line = 1; line <= linesEach; line++) {
            int end = line * LINE_BYTES - 1;
            text.append(number).append(' ').append(line);
            while (text.length() < end) {
                // Random words, which compress little.
                text.append(' ').append(Long.toString(random.nextLong() >>> 24, 36));
            }
            text.setLength(end);
            text.append('\n');
        }
        try {
            return Files.writeString(folder.resolve(number + ".txt"), text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        FileUtils.deleteQuietly(folder.toFile());
    }
}
