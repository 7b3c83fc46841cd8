package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A running server of a peer, with all its processes. */
public final class PeerProcess implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** The precision of its measured start time. */
    private static final int POLL_MILLIS = 10;

    private final ProcessTree process;
    private final int port;

    private PeerProcess(ProcessTree process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Waits until it accepts connections on {@code port}. Fails if it does not. */
    public static PeerProcess start(ProcessBuilder serve, int port) {
        PeerProcess started = new PeerProcess(ProcessTree.start(serve), port);
        started.awaitOpen();
        return started;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** The resources used by all its processes. */
    public Usage usage() {
        return process.usage();
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitOpen() {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isOpen()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("it did not start");
            }
            Processes.pause(POLL_MILLIS);
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), 1000);
            return true;
        } catch (IOException notListening) {
            return false;
        }
    }
}
