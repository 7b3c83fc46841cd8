package io.heliograph.e2e.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network between clients and a server that can be broken in every way a network breaks, and mended. */
final class FaultProxy implements AutoCloseable {

    /** What the proxy does with bytes. */
    enum Mode {
        /** All pass. */
        PASS,
        /** Nothing passes in either direction, without an error: a half-open connection. */
        FREEZE,
        /** The client reads nothing. */
        STALL,
        /** Bytes of the server are lost. */
        MUTE,
        /** New connections are closed at once. */
        REFUSE,
        /** Requests on new connections get a {@code 503} with {@code Retry-After: 2}. */
        UNAVAILABLE
    }

    private static final String UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final int BUFFER = 16_384;

    /** Small, so that a server soon detects a stalled reader. */
    private static final int SOCKET_BUFFER = 32_768;

    private record Connection(Socket client, Socket server) {

        /** With a reset, as a firewall does it: neither side gets what is still on its way. */
        void cut() {
            for (Socket socket : List.of(client, server)) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException endedAlready) {
                    // By itself, at this moment.
                }
            }
        }
    }

    private final ServerSocket listener;
    private final int target;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private Mode mode = Mode.PASS;
    private int accepted;
    private long lost;

    private FaultProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** One on a free port, before a server on this one. */
    static FaultProxy before(int port) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections since the start, the refused ones too. */
    synchronized int accepted() {
        return accepted;
    }

    /** Bytes of the server that were lost while it was muted. */
    synchronized long lost() {
        return lost;
    }

    synchronized void become(Mode next) {
        mode = next;
        notifyAll();
    }

    /** Cuts all connections there are. */
    void cut() {
        for (Connection connection : connections) {
            connection.cut();
            // One by one: a connection that was opened meanwhile stays in the list, for the next cut.
            connections.remove(connection);
        }
    }

    /** Sends this text on all connections as if the server had. */
    void inject(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) 0x81);
        // In the shortest way there is: some clients take no other.
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        frame.put(payload);
        for (Connection connection : connections) {
            try {
                connection.client().getOutputStream().write(frame.array(), 0, frame.position());
            } catch (IOException goneAlready) {
                // Of several connections some may have ended.
            }
        }
    }

    /** Ends all connections as a server does that closes its WebSockets with this code. */
    void closeWith(int code) {
        byte[] close = {(byte) 0x88, 2, (byte) (code >> 8), (byte) code};
        for (Connection connection : connections) {
            try {
                connection.client().getOutputStream().write(close);
                connection.client().shutdownOutput();
                connection.server().close();
            } catch (IOException goneAlready) {
                // Of several connections some may have ended.
            }
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        become(Mode.PASS);
        cut();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            switch (count()) {
                case REFUSE -> client.close();
                case UNAVAILABLE -> start(() -> answer(client));
                default -> connect(client);
            }
        }
    }

    private synchronized Mode count() {
        accepted++;
        return mode;
    }

    /** What is not read would make the end of the connection a reset, which may overtake the answer. */
    private static void answer(Socket client) throws IOException {
        try (client) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            client.getOutputStream().write(UNAVAILABLE.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        server.setReceiveBufferSize(SOCKET_BUFFER);
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException nobodyListens) {
            client.close();
            return;
        }
        connections.add(new Connection(client, server));
        start(() -> pass(client, server, false));
        start(() -> pass(server, client, true));
    }

    private void pass(Socket from, Socket to, boolean fromServer) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (mayPass(fromServer, read)) {
                    out.write(buffer, 0, read);
                }
            }
        }
    }

    /** Waits while nothing passes; false for bytes that are lost. */
    private synchronized boolean mayPass(boolean fromServer, int bytes) {
        while (mode == Mode.FREEZE || (mode == Mode.STALL && fromServer)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        boolean isLost = mode == Mode.MUTE && fromServer;
        lost += isLost ? bytes : 0;
        return !isLost;
    }

    private interface Work {
        void run() throws IOException;
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
                "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
