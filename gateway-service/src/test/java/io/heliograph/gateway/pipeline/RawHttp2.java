package io.heliograph.gateway.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An HTTP/2 connection that sends arbitrary frames, also invalid ones. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int PRIORITY = 0x20;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private int lastStream = -1;

    /** A frame that was read; with the header fields of HEADERS, else null. */
    record Frame(int type, int flags, int stream, byte[] payload, Http2Headers headers) {

        boolean ends() {
            return type == GOAWAY || type == RST_STREAM || ((type == HEADERS || type == DATA) && (flags & 1) != 0);
        }

        String status() {
            return headers == null ? null : String.valueOf(headers.status());
        }
    }

    /** @param window the initial window of each stream */
    RawHttp2(int port, int window) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        // SETTINGS_INITIAL_WINDOW_SIZE
        byte[] settings = {0, 4, (byte) (window >> 24), (byte) (window >> 16), (byte) (window >> 8), (byte) window};
        frame(SETTINGS, 0, 0, settings);
    }

    /** Opens a stream with these fields, each a name and a value. */
    int open(boolean end, List<String[]> fields) throws IOException {
        lastStream += 2;
        frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), lastStream, block(fields));
        return lastStream;
    }

    /** Ends a stream with trailers. */
    void trailers(int stream, List<String[]> fields) throws IOException {
        frame(HEADERS, END_HEADERS | END_STREAM, stream, block(fields));
    }

    void data(int stream, String text) throws IOException {
        frame(DATA, 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length & 0xffff);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /** The frames of a stream up to its end, or that of the connection. */
    List<Frame> read(int stream) throws IOException {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        do {
            frame = read();
            if (frame.stream() == stream || frame.type() == GOAWAY) {
                frames.add(frame);
            }
        } while (!frame.ends() || (frame.stream() != stream && frame.type() != GOAWAY));
        return frames;
    }

    /** Reads the next frame that belongs to a response. */
    Frame read() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & 0x7fffffff;
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("broke off in a frame");
            }
            if (type == SETTINGS && (flags & 1) == 0) {
                frame(SETTINGS, 1, 0, new byte[0]);
            } else if (type == HEADERS) {
                return new Frame(type, flags, stream, payload, decoded(stream, withoutPriority(flags, payload)));
            } else if (type == DATA || type == RST_STREAM || type == GOAWAY) {
                return new Frame(type, flags, stream, payload, null);
            }
        }
    }

    /** Which Vert.x sends along. */
    private static byte[] withoutPriority(int flags, byte[] payload) {
        return (flags & PRIORITY) == 0 ? payload : Arrays.copyOfRange(payload, 5, payload.length);
    }

    private Http2Headers decoded(int stream, byte[] payload) throws IOException {
        ByteBuf block = Unpooled.wrappedBuffer(payload);
        try {
            return decoder.decodeHeaders(stream, block);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** Literal fields, without an index. */
    static byte[] block(List<String[]> fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String[] field : fields) {
            block.write(0);
            text(block, field[0]);
            text(block, field[1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length;
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            rest -= 127;
            while (rest >= 128) {
                block.write(rest % 128 | 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
