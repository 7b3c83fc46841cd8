package io.heliograph.benchmarks.harness.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * All connections of a load on one thread, the thread of the caller: events are processed while it is in one of the
 * {@code run} methods. A closed connection or unexpected input ends the run with an exception, unless the listener
 * handles it.
 */
public final class Loop implements AutoCloseable {

    /** Some servers send recovered messages in one frame, which can hold some hundred messages. */
    private static final int READ_BUFFER = 512 * 1024;

    /** The shortest timeout of a selector. */
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BUFFER);
    private final Duration turn;

    public Loop() {
        this(MILLISECOND);
    }

    /**
     * @param turn the maximum delay of a turn when nothing arrives; below a millisecond the loop uses a noticeable
     *     share of a core
     */
    public Loop(Duration turn) {
        this.turn = turn;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param source the local address to bind to; null for any */
    void connect(Connection connection, InetSocketAddress source, InetSocketAddress server) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(source);
            boolean now = channel.connect(server);
            connection.attach(
                    channel.register(selector, now ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection));
            if (now) {
                connection.connected();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs until {@code done} returns true, checked once per turn. Fails after {@code patience}. */
    public void runUntil(BooleanSupplier done, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not done after " + patience.toSeconds() + " s");
            }
            turn();
        }
    }

    /** Runs {@code eachTurn} in each turn and processes events for this time. */
    public void runFor(Duration time, Runnable eachTurn) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            eachTurn.run();
            turn();
        }
    }

    public void runFor(Duration time) {
        runFor(time, () -> {});
    }

    private void turn() {
        try {
            if (turn.compareTo(MILLISECOND) >= 0) {
                selector.select(this::ready, turn.toMillis());
            } else if (selector.selectNow(this::ready) == 0) {
                LockSupport.parkNanos(turn.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (!key.isValid()) {
                // The load closed it in this turn.
                return;
            }
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                connection.connected();
            } else if (key.isWritable()) {
                connection.writable();
            }
            if (key.isValid() && key.isReadable()) {
                connection.readable(buffer);
            }
        } catch (IOException e) {
            connection.end(e);
        }
    }

    /** Closes every connection without a WebSocket close. */
    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
