package io.heliograph.gateway.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A service that violates the protocol; the last segment of the path selects how. */
public final class BadUpstream {

    /** The probe of a draining instance. */
    private static final String PROBE = "HEAD / ";

    private final Set<NetSocket> probes = ConcurrentHashMap.newKeySet();

    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: none\r\nX-Tunnel: yes\r\n\r\n";

    private final Vertx vertx;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile NetSocket tunnel;
    private volatile String words = "";

    BadUpstream(Vertx vertx) {
        this.vertx = vertx;
    }

    int start() {
        return vertx.createNetServer()
                .connectHandler(this::connected)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    int requests() {
        return requests.get();
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    /** How many connections have ended. */
    int closed() {
        return closed.get();
    }

    /** The last connection that became a tunnel. */
    NetSocket tunnel() {
        return tunnel;
    }

    void forget() {
        requests.set(0);
        sent.set(0);
        received.set(0);
        closed.set(0);
    }

    /** The bytes of the response to {@code say}, one per character; the connection stays open. */
    void say(String answer) {
        words = answer;
    }

    private void connected(NetSocket socket) {
        socket.closeHandler(end -> {
            if (!probes.remove(socket)) {
                closed.incrementAndGet();
            }
        });
        socket.exceptionHandler(failure -> {});
        read(socket);
    }

    private void read(NetSocket socket) {
        Buffer head = Buffer.buffer();
        socket.handler(bytes -> {
            head.appendBuffer(bytes);
            if (head.toString().contains("\r\n\r\n")) {
                socket.handler(null);
                if (head.toString().startsWith(PROBE)) {
                    probes.add(socket);
                    socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                    return;
                }
                requests.incrementAndGet();
                String path = head.toString().split(" ", -1)[1];
                answer(socket, path.substring(path.lastIndexOf('/') + 1));
            }
        });
    }

    private void answer(NetSocket socket, String what) {
        switch (what) {
            case "hang-up", "openapi" -> socket.close();
            // The summary of jobs, for the list of tasks.
            case "summary" -> {
                socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                read(socket);
            }
            case "leaving" ->
                socket.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
                        .onComplete(written -> socket.close());
            case "parting" ->
                socket.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nConnection: close\r\n\r\n")
                        .onComplete(written -> socket.close());
            case "socket" ->
                socket.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 4\r\nX-Reason: full\r\n"
                                + "Connection: close\r\nContent-Length: 4\r\n\r\nfull")
                        .onComplete(written -> socket.close());
            case "say" -> say(socket);
            case "soon" -> soon(socket);
            case "half" ->
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                        .onComplete(written -> socket.close());
            case "half-chunked" ->
                socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n")
                        .onComplete(written -> socket.close());
            case "head-only" -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nX-Bad: yes\r\n\r\n");
            case "garbage" -> socket.write("SSH-2.0-OpenSSH_9.6\r\n\r\n");
            case "switch" -> socket.write(SWITCH);
            case "greeting" -> socket.write(SWITCH + "hello from the first packet");
            case "bye" -> socket.write(SWITCH + "x".repeat(500_000) + "bye").onComplete(written -> socket.close());
            case "deaf" -> deaf(socket);
            case "flood" -> flood(socket);
            case "tunnel" -> tunnel(socket);
            default -> {}
        }
    }

    private void say(NetSocket socket) {
        socket.write(words, "ISO-8859-1");
        read(socket);
    }

    /** The response is never completed. */
    private void soon(NetSocket socket) {
        socket.write("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)).onSuccess(written -> soon(socket));
    }

    private void tunnel(NetSocket socket) {
        tunnel = socket;
        socket.handler(bytes -> received.addAndGet(bytes.length()));
        socket.write(SWITCH);
    }

    /** Agrees to a tunnel and reads nothing of it. */
    private void deaf(NetSocket socket) {
        tunnel(socket);
        socket.pause();
    }

    /** Agrees to a tunnel and fills it as fast as it is emptied. */
    private void flood(NetSocket socket) {
        tunnel(socket);
        socket.drainHandler(drained -> pump(socket));
        pump(socket);
    }

    private void pump(NetSocket socket) {
        while (!socket.writeQueueFull()) {
            socket.write(Buffer.buffer(new byte[GoodUpstream.CHUNK]));
            sent.addAndGet(GoodUpstream.CHUNK);
        }
    }
}
