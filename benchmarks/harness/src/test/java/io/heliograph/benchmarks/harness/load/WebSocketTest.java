package io.heliograph.benchmarks.harness.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest implements WebSocket.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private final List<String> seen = new ArrayList<>();
    private final Loop loop = new Loop();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        server.close();
    }

    @Test
    void shouldReadFramesOfAnyLengthInAnyFragmentation() throws IOException {
        open();
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(Frame.ascii(SWITCH));
            for (int length : new int[] {5, 1_000, 70_000}) {
                ByteBuffer frame = frame(length);
                out.write(frame.array(), 0, 3);
                out.flush();
                loop.runFor(Duration.ofMillis(20));
                out.write(frame.array(), 3, frame.limit() - 3);
            }

            await(4);

            assertEquals(List.of("open", "5", "1000", "70000"), seen);
        }
    }

    @Test
    void shouldReportTheResponseWhenTheUpgradeIsRefused() throws IOException {
        open();
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(Frame.ascii("HTTP/1.1 503 Busy\r\nRetry-After: 3\r\n\r\nlater"));

            await(1);

            assertEquals(List.of("refused HTTP/1.1 503 Busy"), seen);
        }
    }

    @Test
    void shouldReportTheCloseCodeOfTheServer() throws IOException {
        open();
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(Frame.ascii(SWITCH));
            socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 0x0f, (byte) 0xa8});

            await(2);

            assertEquals("lost the server closed a WebSocket with 4008 ", seen.get(1));
        }
    }

    @Test
    void shouldReportALostConnection() throws IOException {
        open();
        server.accept().close();

        await(1);

        assertTrue(seen.get(0).startsWith("lost"), seen.toString());
    }

    @Override
    public void open(WebSocket socket) {
        seen.add("open");
    }

    @Override
    public void frame(WebSocket socket, Frame frame) {
        seen.add(Integer.toString(frame.toString().length()));
    }

    @Override
    public void refused(WebSocket socket, String head) {
        seen.add("refused " + head.lines().findFirst().orElseThrow());
    }

    @Override
    public void lost(WebSocket socket, IOException reason) {
        seen.add("lost " + reason.getMessage());
    }

    private void open() {
        InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        WebSocket.open(loop, null, WebSocket.Endpoint.of(address, "/"), this);
    }

    private void await(int count) {
        loop.runUntil(() -> seen.size() >= count, PATIENCE);
    }

    /** A text frame of this length, as a server sends it. */
    private static ByteBuffer frame(int length) {
        ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) 0x81);
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 65_536) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        return frame.put(Frame.ascii("x".repeat(length))).flip();
    }
}
