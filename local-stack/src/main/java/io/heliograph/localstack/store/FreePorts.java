package io.heliograph.localstack.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports without a listener, each assigned once among all processes of a user: a process locks a file for each of its
 * ports until it ends. They lie below the range from which systems take the ports of outgoing connections, so that no
 * such connection takes one before its server binds it, however long that server needs to start.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 100;

    private static final Path LOCKS =
            Path.of(System.getProperty("java.io.tmpdir"), "heliograph-ports-" + System.getProperty("user.name"));

    /**
     * Open as long as this process runs, also where the lock is held already: a process that closes one channel to a
     * file gives up its locks of all.
     */
    private static final Set<FileChannel> CHANNELS = ConcurrentHashMap.newKeySet();

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            // Locked first: the server of another process may bind the port between a look at it and the lock.
            if (lock(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + END);
    }

    /** Whether {@code port} is from now on this caller's. */
    static boolean lock(int port) {
        if (!GIVEN.add(port)) {
            return false;
        }
        try {
            Files.createDirectories(LOCKS);
            FileChannel channel = FileChannel.open(
                    LOCKS.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            CHANNELS.add(channel);
            boolean locked = tryLock(channel);
            if (!locked) {
                GIVEN.remove(port);
            }
            return locked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByAnotherCopyOfThisClass) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
