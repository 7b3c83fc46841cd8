package io.heliograph.benchmarks.harness.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of {@code heliograph.v1} that allocates next to nothing for what it receives, and answers pings. */
public final class WebSocket extends Connection {

    /** Told of everything that comes; runs on the thread of the loop. */
    public interface Listener {

        /** The upgrade is done: time to {@code connect}. */
        void open(WebSocket socket);

        void frame(WebSocket socket, Frame frame);
    }

    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_PING = 0x89;
    private static final int FINAL_PONG = 0x8a;
    private static final int MASKED = 0x80;
    /** A mask is due; that of zero saves the work of masking and is as good to the server. */
    private static final int MASK = 0;

    private final Frame frame = new Frame();
    private final InetSocketAddress server;
    private final Listener listener;
    private boolean upgraded;

    private WebSocket(InetSocketAddress server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /** @param source the local address, whose ports it takes; null for any */
    public static void open(Loop loop, InetSocketAddress source, InetSocketAddress server, Listener listener) {
        loop.connect(new WebSocket(server, listener), source, server);
    }

    public void send(String json) {
        send(FINAL_TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void connected() {
        String upgrade = "GET /api/ws HTTP/1.1\r\nHost: " + server.getHostString() + ':' + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: heliograph.v1\r\n\r\n";
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
        }
        for (int next = take(bytes, at, end); next > at; next = take(bytes, at, end)) {
            at = next;
        }
        return at;
    }

    private void upgraded(String head) {
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException("refused: " + head);
        }
        upgraded = true;
        listener.open(this);
    }

    /** Where the next frame begins; the same place if this one is not complete. */
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
            throw new IllegalStateException("a frame of more than 64 KiB");
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
        } else {
            throw new IllegalStateException("a frame of kind " + kind + ": " + frame.at(bytes, start, end));
        }
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

    /** The first place behind the empty line; -1 if it has not come. */
    static int afterHead(byte[] bytes, int start, int end) {
        for (int at = start; at <= end - 4; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n' && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }
}
