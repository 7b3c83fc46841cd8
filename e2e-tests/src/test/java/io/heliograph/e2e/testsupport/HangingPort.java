package io.heliograph.e2e.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port of a store that hangs: connections open and nothing answers, until it forwards all of them. */
public final class HangingPort implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private HangingPort(ServerSocket listener) {
        this.listener = listener;
    }

    /** Any port, which hangs at once. */
    public static HangingPort open() {
        return open(0);
    }

    /** This port, on which nothing has listened until now. */
    public static HangingPort open(int port) {
        try {
            return new HangingPort(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on it is the server on this port, for those who have connected before too. */
    public void passOnTo(int port) {
        start(() -> {
            while (!listener.isClosed()) {
                Socket client = kept(listener.accept());
                Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), port));
                start(() -> pass(client, server));
                start(() -> pass(server, client));
            }
        });
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private Socket kept(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // One side has closed, which ends the other too.
                    }
                },
                "hanging-port");
        thread.setDaemon(true);
        thread.start();
    }
}
