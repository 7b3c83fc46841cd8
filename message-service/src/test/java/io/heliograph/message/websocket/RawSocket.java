package io.heliograph.message.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A WebSocket client for invalid input: it sends frames as given, or only parts of them. */
final class RawSocket implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int PING = 9;
    static final int PONG = 10;

    /** A frame of the server. */
    record Frame(int opcode, byte[] payload) {}

    private static final int TIMEOUT_MILLIS = 60_000;
    /** Small, so that the server soon notices one that reads no more; large enough for TCP to be quick with one that does. */
    private static final int RECEIVE_BUFFER = 131_072;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawSocket(URI address) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET /api/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    static RawSocket open(URI address) {
        try {
            return new RawSocket(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has been welcomed and has joined these rooms. */
    static RawSocket of(URI address, String token, UUID... rooms) {
        RawSocket socket = open(address);
        socket.text("{\"type\":\"connect\",\"token\":\"" + token + "\"}");
        socket.awaitText("welcome");
        for (UUID room : rooms) {
            socket.text("{\"type\":\"join\",\"room\":\"" + room + "\"}");
            socket.awaitText("joined");
        }
        return socket;
    }

    /** Bytes as they are, as far as the server takes them. */
    void bytes(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException hungUp) {
            // Bytes that were sent before can still be read.
        }
    }

    /** The next frame, or null at the end of the connection. */
    Frame next() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length < 126 ? length : in.readUnsignedShort()];
            in.readFully(payload);
            return new Frame(first & 0x0F, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One final frame, masked with zeros. */
    void frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        write(frame.array(), frame.position());
    }

    /** The head of a final frame with so many bytes, none of which come. */
    void headOf(int opcode, long length) {
        byte[] head = ByteBuffer.allocate(14)
                .put((byte) (0x80 | opcode))
                .put((byte) (0x80 | 127))
                .putLong(length)
                .putInt(0)
                .array();
        write(head, head.length);
    }

    void text(String text) {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void halfAFrame() {
        write(new byte[] {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'h'}, 7);
    }

    String awaitText() {
        return new String(await(TEXT), StandardCharsets.UTF_8);
    }

    /** The next frame of this type; what comes before is skipped. */
    JsonNode awaitText(String type) {
        while (true) {
            JsonNode frame = Json.parse(awaitText());
            if (frame.get("type").asText().equals(type)) {
                return frame;
            }
        }
    }

    /** Answers the next ping, if one comes before the server closes. */
    boolean answersPing() {
        try {
            frame(PONG, await(PING));
            return true;
        } catch (IllegalStateException | UncheckedIOException closed) {
            return false;
        }
    }

    int awaitClose() {
        return ByteBuffer.wrap(await(CLOSE)).getShort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] await(int opcode) {
        try {
            while (true) {
                int found = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte();
                byte[] payload = new byte[length < 126 ? length : in.readUnsignedShort()];
                in.readFully(payload);
                if (found == opcode) {
                    return payload;
                } else if (found == CLOSE) {
                    throw new IllegalStateException(
                            "closed with " + ByteBuffer.wrap(payload).getShort());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
