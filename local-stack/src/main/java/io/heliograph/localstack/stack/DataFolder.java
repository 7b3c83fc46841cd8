package io.heliograph.localstack.stack;

import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The folder a stack keeps its data in. While it is held no other stack uses it, and its lock file names every process
 * started on its behalf, so that the next holder ends those that a killed launcher left behind.
 */
final class DataFolder implements AutoCloseable {

    /** Unpacked binaries, a fresh cluster and some messages; with less, PostgreSQL would fail halfway. */
    private static final long NEEDED_MEGABYTES = 300;

    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final Path lockFile;
    private final FileChannel channel;

    private DataFolder(Path folder, Path lockFile, FileChannel channel) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    static DataFolder hold(Path folder) {
        Path lockFile = folder.resolve("stack.lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new StackFailure(folder + " is in use by another Heliograph (" + holder(lockFile)
                        + "); stop that one, or give this one its own folder: --data DIR");
            }
            DataFolder held = new DataFolder(folder, lockFile, channel);
            held.prepare();
            return held;
        } catch (IOException e) {
            throw new StackFailure(
                    "Cannot write to " + folder + " (" + e
                            + "); make it writable and free some space, or choose another folder: --data DIR",
                    e);
        }
    }

    Path binaries() {
        return folder.resolve("bin");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path keys() {
        return folder.resolve("keys");
    }

    /** The access logs of the gateways. */
    Path logs() {
        return folder.resolve("logs");
    }

    /** What {@code quarkus:dev} of a service reads; there while the stack runs. */
    Path devSettings() {
        return folder.resolve("dev.properties");
    }

    /** Emptied at each start and end: what a process leaves here is gone with the stack. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    /** Notes a process that has to end when this stack does. */
    void note(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        append(process.pid() + " " + start.toEpochMilli() + "\n");
    }

    /** Forgets what people stored; the unpacked binaries stay. */
    void clear() {
        delete(postgres());
        delete(keys());
        delete(logs());
    }

    @Override
    public void close() {
        try {
            delete(temporary());
            Files.deleteIfExists(devSettings());
            Files.deleteIfExists(lockFile);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() throws IOException {
        endOrphans();
        channel.truncate(0);
        note(ProcessHandle.current());
        delete(temporary());
        Files.createDirectories(temporary());
        long free = Files.getFileStore(folder).getUsableSpace() / (1024 * 1024);
        if (free < NEEDED_MEGABYTES) {
            close();
            throw new StackFailure("Only %d MB are free in %s, and %d are needed; free some, or choose another disk:"
                            .formatted(free, folder, NEEDED_MEGABYTES)
                    + " --data DIR");
        }
    }

    private void endOrphans() throws IOException {
        List<ProcessHandle> orphans =
                noted().lines().flatMap(line -> running(line).stream()).toList();
        orphans.forEach(ProcessHandle::destroy);
        orphans.forEach(orphan -> Processes.awaitEnd(orphan, ORPHAN_PATIENCE));
        PostgresServer.endOrphan(postgres());
    }

    /** Read through the channel that locks: closing any other one on the same file would give the lock away. */
    private String noted() throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) channel.size());
        channel.read(content, 0);
        return new String(content.array(), StandardCharsets.US_ASCII);
    }

    private static Optional<ProcessHandle> running(String line) {
        int space = line.indexOf(' ');
        Instant start = Instant.ofEpochMilli(Long.parseLong(line.substring(space + 1)));
        return ProcessHandle.of(Long.parseLong(line.substring(0, space)))
                .filter(process -> Processes.startedAt(process, start));
    }

    private void append(String line) {
        try {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(Path lockFile) throws IOException {
        try (Stream<String> lines = Files.lines(lockFile)) {
            return lines.findFirst()
                    .map(line -> "process " + line.substring(0, line.indexOf(' ')))
                    .orElse("just starting");
        }
    }

    private static void delete(Path path) {
        try {
            FileUtils.deleteDirectory(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
