package io.heliograph.benchmarks.fanout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client connection. It fails at the first frame that is missing, repeated, out of order or malformed. */
final class Subscriber {

    private static final int FRAME = Message.BYTES + 2;
    private static final int SEQ_AT = 2 + "{\"type\":\"message\",\"seq\":".length();
    private static final int SEQ_DIGITS = 10;
    // A masked text frame of one byte; the mask may be zero.
    private static final byte[] CONTROL = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'};

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(64 * FRAME);
    private long last = -1;
    private long received;

    private Subscriber(SocketChannel channel) {
        this.channel = channel;
    }

    static Subscriber connect(InetSocketAddress server, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        String upgrade = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate(1024);
        while (!text(answer).endsWith("\r\n\r\n")) {
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed during the upgrade");
            }
        }
        if (!text(answer).startsWith("HTTP/1.1 101")) {
            throw new IOException(text(answer));
        }
        channel.configureBlocking(false);
        return new Subscriber(channel);
    }

    private static String text(ByteBuffer answer) {
        return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }

    /** Reads the available bytes and returns the number of completed frames. */
    int read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the server closed");
        }
        in.flip();
        int frames = in.remaining() / FRAME;
        for (int i = 0; i < frames; i++) {
            check(i * FRAME);
        }
        in.position(frames * FRAME).compact();
        received += frames;
        return frames;
    }

    private void check(int at) throws IOException {
        if (in.get(at) != (byte) 0x81 || in.get(at + 1) != Message.BYTES) {
            throw new IOException("unexpected frame");
        }
        long seq = 0;
        for (int i = at + SEQ_AT; i < at + SEQ_AT + SEQ_DIGITS; i++) {
            seq = seq * 10 + in.get(i) - '0';
        }
        if (last >= 0 && seq != last + 1) {
            throw new IOException("after " + last + " came " + seq);
        }
        last = seq;
    }

    void requestBroadcasts(int count) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(count * CONTROL.length);
        for (int i = 0; i < count; i++) {
            out.put(CONTROL);
        }
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    long received() {
        return received;
    }

    long last() {
        return last;
    }
}
