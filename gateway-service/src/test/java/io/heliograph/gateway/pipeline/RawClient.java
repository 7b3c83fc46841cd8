package io.heliograph.gateway.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends exactly the given bytes, and reads no more than requested. */
final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    /** A response with unchanged headers; {@code body} has no framing. */
    record Answer(int status, List<String> headers, String body) {

        String header(String name) {
            List<String> values = all(name);
            return values.isEmpty() ? null : values.get(0);
        }

        List<String> all(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(header -> header.substring(start.length()).trim())
                    .toList();
        }
    }

    RawClient(int port) throws IOException {
        this(new Socket("localhost", port));
    }

    /** From an address of this machine, as {@code source}. */
    RawClient(int port, String source) throws IOException {
        this(new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(source), 0));
    }

    /** On a connection that is open already, such as one of TLS. */
    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    /** The longest that it waits for a byte. */
    RawClient timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads the next complete response. Throws if it is incomplete. */
    Answer read() throws IOException {
        Answer head = readHead();
        boolean bodyless = head.status() == 204 || head.status() == 304 || head.status() < 200;
        String length = head.header("Content-Length");
        String body = "";
        if ("chunked".equals(head.header("Transfer-Encoding"))) {
            body = readChunks();
        } else if (length != null && !bodyless) {
            body = readText(Integer.parseInt(length));
        }
        return new Answer(head.status(), head.headers(), body);
    }

    /** Reads status and headers of the next response. */
    Answer readHead() throws IOException {
        int status = Integer.parseInt(readLine().split(" ", -1)[1]);
        List<String> headers = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            headers.add(line);
        }
        return new Answer(status, headers, "");
    }

    String readText(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("broke off after " + bytes.length + " of " + length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads until the other side closes; returns the number of bytes. */
    long drain() throws IOException {
        return in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads one chunk of a chunked response. */
    String readChunk() throws IOException {
        String chunk = readText(readSize());
        readLine();
        return chunk;
    }

    private String readChunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = readSize(); size > 0; size = readSize()) {
            body.append(readText(size));
            readLine();
        }
        readLine();
        return body.toString();
    }

    private int readSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("broke off in a line: " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
