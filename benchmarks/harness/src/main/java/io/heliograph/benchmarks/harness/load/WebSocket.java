package io.heliograph.benchmarks.harness.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that allocates almost nothing per received frame and answers pings. */
public final class WebSocket extends Connection {

    /** Receives the events of a connection, on the thread of the loop. */
    public interface Listener {

        /** The upgrade has succeeded. */
        void open(WebSocket socket);

        void frame(WebSocket socket, Frame frame);

        /** The server rejected the upgrade. The connection is closed. */
        default void refused(WebSocket socket, String head) {
            throw new IllegalStateException("refused: " + head);
        }

        /** The server closed the connection, or it could not be opened. */
        default void lost(WebSocket socket, IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    /** The address of a WebSocket server. {@code protocol} is a complete header line, or empty. */
    public record Endpoint(InetSocketAddress server, String path, String protocol) {

        public static Endpoint of(InetSocketAddress server, String path) {
            return new Endpoint(server, path, "");
        }

        /** The endpoint of message-service and of the gateway. */
        public static Endpoint heliograph(InetSocketAddress server) {
            return new Endpoint(server, "/api/ws", "Sec-WebSocket-Protocol: heliograph.v1\r\n");
        }
    }

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_CLOSE = 0x88;
    private static final int FINAL_PING = 0x89;
    private static final int FINAL_PONG = 0x8a;
    private static final int MASKED = 0x80;
    /** Clients must mask frames. A mask of zero is valid and needs no computation. */
    private static final int MASK = 0;

    private final Frame frame = new Frame();
    private final Endpoint endpoint;
    private final Listener listener;
    private boolean upgraded;

    private WebSocket(Endpoint endpoint, Listener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    /** Opens a {@code heliograph.v1} connection from any local address. */
    public static void open(Loop loop, InetSocketAddress server, Listener listener) {
        open(loop, null, Endpoint.heliograph(server), listener);
    }

    /** @param source the local address to bind to; null for any */
    public static void open(Loop loop, InetSocketAddress source, Endpoint endpoint, Listener listener) {
        loop.connect(new WebSocket(endpoint, listener), source, endpoint.server());
    }

    public void send(String json) {
        send(FINAL_TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the TCP connection without a WebSocket close, like a network failure. */
    public void cut() {
        close();
    }

    @Override
    void lost(IOException reason) {
        listener.lost(this, reason);
    }

    @Override
    void connected() {
        InetSocketAddress server = endpoint.server();
        String upgrade = "GET " + endpoint.path() + " HTTP/1.1\r\nHost: " + server.getHostString() + ':'
                + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + endpoint.protocol() + "\r\n";
        write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    int received(byte[] bytes, int start, int end) {
        int at = start;
        if (!upgraded) {
            at = afterHead(bytes, start, end);
            if (at < 0) {
                return start;
            }
            upgraded(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
            if (!upgraded) {
                return end;
            }
        }
        for (int next = take(bytes, at, end); next > at; next = take(bytes, at, end)) {
            at = next;
        }
        return at;
    }

    private void upgraded(String head) {
        upgraded = head.startsWith("HTTP/1.1 101");
        if (upgraded) {
            listener.open(this);
        } else {
            close();
            listener.refused(this, head);
        }
    }

    /** The start of the next frame, or {@code at} if this frame is incomplete. */
    private int take(byte[] bytes, int at, int end) {
        if (end - at < 2) {
            return at;
        }
        int length = bytes[at + 1] & 0x7f;
        int payload = at + 2;
        if (length == 126) {
            payload += 2;
            length = end < payload ? 0 : (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
        } else if (length == 127) {
            payload += 8;
            length = end < payload ? 0 : ByteBuffer.wrap(bytes, at + 6, 4).getInt();
        }
        if (end < payload + length) {
            return at;
        }
        handle(bytes[at] & 0xff, bytes, payload, payload + length);
        return payload + length;
    }

    private void handle(int kind, byte[] bytes, int start, int end) {
        if (kind == FINAL_TEXT) {
            listener.frame(this, frame.at(bytes, start, end));
        } else if (kind == FINAL_PING) {
            send(FINAL_PONG, new byte[0]);
        } else if (kind == FINAL_CLOSE) {
            end(new IOException("the server closed a WebSocket with " + closeCode(bytes, start, end)));
        } else {
            throw new IllegalStateException("a frame of kind " + kind + ": " + frame.at(bytes, start, end));
        }
    }

    private static String closeCode(byte[] bytes, int start, int end) {
        return end - start < 2
                ? "no code"
                : ((bytes[start] & 0xff) << 8 | (bytes[start + 1] & 0xff)) + " "
                        + new String(bytes, start + 2, end - start - 2, StandardCharsets.UTF_8);
    }

    private void send(int kind, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(payload.length + 8).put((byte) kind);
        if (payload.length < 126) {
            bytes.put((byte) (MASKED | payload.length));
        } else {
            bytes.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        write(bytes.putInt(MASK).put(payload).flip());
    }

    /** The first position after the empty line, or -1 if it has not arrived. */
    static int afterHead(byte[] bytes, int start, int end) {
        for (int at = start; at <= end - 4; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }
}
