package io.heliograph.benchmarks.harness.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A persistent HTTP/1.1 connection with one request in flight at a time. */
public final class Http extends Connection {

    /** Receives the events of a connection, on the thread of the loop. */
    public interface Listener {

        void open(Http connection);

        void answered(Http connection, int status, String body);
    }

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    private final InetSocketAddress server;
    private final Listener listener;

    private Http(InetSocketAddress server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    public static void open(Loop loop, InetSocketAddress server, Listener listener) {
        loop.connect(new Http(server, listener), null, server);
    }

    public void request(String method, String path, String token, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = (method + ' ' + path + " HTTP/1.1\r\nHost: " + server.getHostString() + ':' + server.getPort()
                        + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        write(ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip());
    }

    @Override
    void connected() {
        listener.open(this);
    }

    @Override
    int received(byte[] bytes, int start, int end) {
        int body = WebSocket.afterHead(bytes, start, end);
        if (body < 0) {
            return start;
        }
        String head = new String(bytes, start, body - start, StandardCharsets.US_ASCII);
        int status = Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            return chunks(bytes, start, body, end, status);
        }
        int after = body + Integer.parseInt(length.group(1));
        if (end < after) {
            return start;
        }
        listener.answered(this, status, new String(bytes, body, after - body, StandardCharsets.UTF_8));
        return after;
    }

    private int chunks(byte[] bytes, int start, int body, int end, int status) {
        Optional<Chunks> chunks = Chunks.read(bytes, body, end);
        chunks.ifPresent(all -> listener.answered(this, status, new String(all.body(), StandardCharsets.UTF_8)));
        return chunks.map(Chunks::after).orElse(start);
    }
}
