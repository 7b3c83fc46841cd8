package io.heliograph.benchmarks.harness.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** One connection of the load. It is used only on the thread of its {@link Loop}. */
abstract class Connection {

    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private SelectionKey key;
    private byte[] incomplete = {};

    /** Called when the connection is established. */
    abstract void connected();

    /**
     * Consumes bytes from {@code start} to {@code end} and returns the position where it stopped. The remaining bytes
     * are passed again, together with new ones.
     */
    abstract int received(byte[] bytes, int start, int end);

    /** Called when the connection could not be established or was lost. Ends the run unless the load expects it. */
    void lost(IOException reason) {
        throw new UncheckedIOException(reason);
    }

    void attach(SelectionKey key) {
        this.key = key;
    }

    final void write(ByteBuffer bytes) {
        try {
            if (unsent.isEmpty()) {
                channel().write(bytes);
            }
        } catch (IOException e) {
            end(e);
            return;
        }
        if (bytes.hasRemaining()) {
            unsent.add(bytes);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    final void writable() throws IOException {
        while (!unsent.isEmpty()) {
            channel().write(unsent.peek());
            if (unsent.peek().hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Reads the available bytes into {@code buffer}, which all connections share. */
    final void readable(ByteBuffer buffer) throws IOException {
        buffer.clear().put(incomplete);
        if (channel().read(buffer) < 0) {
            throw new IOException("the server closed a connection");
        }
        int end = buffer.position();
        int taken = received(buffer.array(), 0, end);
        incomplete = new byte[end - taken];
        buffer.position(taken).get(incomplete);
    }

    /** Closes the connection without notifying the server or the load. */
    final void close() {
        try {
            channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void end(IOException reason) {
        close();
        lost(reason);
    }

    private SocketChannel channel() {
        return (SocketChannel) key.channel();
    }
}
