package io.heliograph.gateway.websocket;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/**
 * A WebSocket between a client and a service, forwarded as bytes: frames, close codes and extensions pass unchanged. It
 * has back-pressure in both directions, and both sockets are closed together. The boundaries of the service's frames
 * are tracked, so that the gateway can insert a close frame when it shuts down.
 */
final class Tunnel {

    /** How long the other socket stays open after one has closed, so that data in transit is delivered. */
    private static final long LINGER_MILLIS = 10_000;

    /** The timeout of a drain: for the end of the current frame and for the close frame of the client. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** A close frame with code 4000 and reason "drain", the same as that of message-service. */
    private static final byte[] CLOSE_FRAME = {(byte) 0x88, 7, 0x0f, (byte) 0xa0, 'd', 'r', 'a', 'i', 'n'};

    private final Vertx vertx;
    private final Context context;
    private final NetSocket client;
    private final NetSocket service;
    private final FrameBoundaryTracker frames = new FrameBoundaryTracker();
    private boolean draining;
    private boolean closeSent;
    private boolean clientClosed;

    /** Must be created on the event loop of both sockets. */
    Tunnel(Vertx vertx, NetSocket client, NetSocket service) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.service = service;
    }

    /** @param closed is called once, when the socket of the client is closed */
    void open(Runnable closed) {
        client.closeHandler(gone -> {
            clientClosed = true;
            closed.run();
            vertx.setTimer(LINGER_MILLIS, timer -> service.close());
        });
        service.closeHandler(gone -> vertx.setTimer(LINGER_MILLIS, timer -> client.close()));
        service.endHandler(end -> client.end());
        service.handler(this::pass);
        service.resume();
        client.pipeTo(service).onFailure(failure -> client.close());
    }

    /** Closes the tunnel, with a close frame if the current frame of the service ends in time. */
    void drain() {
        context.runOnContext(ignored -> {
            if (draining || clientClosed) {
                return;
            }
            draining = true;
            vertx.setTimer(CLOSE_TIMEOUT.toMillis(), timer -> closeBoth());
            if (frames.isAtBoundary()) {
                sendClose();
            }
        });
    }

    private void pass(Buffer bytes) {
        if (clientClosed) {
            service.close();
        } else if (!closeSent) {
            int end = frames.follow(bytes);
            if (draining && end >= 0) {
                client.write(bytes.getBuffer(0, end));
                sendClose();
            } else {
                write(bytes);
            }
        }
    }

    private void write(Buffer bytes) {
        client.write(bytes);
        if (client.writeQueueFull()) {
            service.pause();
            client.drainHandler(drained -> service.resume());
        }
    }

    /** Sends the close frame. The client's close frame reaches the service, which then closes the connection. */
    private void sendClose() {
        closeSent = true;
        client.write(Buffer.buffer(CLOSE_FRAME));
        service.resume();
    }

    private void closeBoth() {
        client.close();
        service.close();
    }

    /** Finds the boundaries of the WebSocket frames (RFC 6455, 5.2) of a server. It reads lengths and nothing else. */
    static final class FrameBoundaryTracker {

        private static final int MASKED = 0x80;
        private static final int TWO_BYTES = 126;
        private static final int EIGHT_BYTES = 127;

        /** The number of bytes of the current frame header that have been read. */
        private int headSeen;

        private int headSize = 2;
        /** The index in the header at which the length ends; a masking key may follow. */
        private int lengthEnd;

        private long length;
        /** The remaining payload bytes of the current frame. */
        private long remaining;

        /** Whether another frame could be inserted here. */
        boolean isAtBoundary() {
            return headSeen == 0 && remaining == 0;
        }

        /** Processes bytes; returns the index after the first frame that ends in them, or -1 if none does. */
        int follow(Buffer bytes) {
            int first = -1;
            int i = 0;
            while (i < bytes.length()) {
                if (remaining > 0) {
                    int skipped = (int) Math.min(remaining, bytes.length() - i);
                    remaining -= skipped;
                    i += skipped;
                } else {
                    head(bytes.getByte(i++) & 0xff);
                }
                if (first < 0 && isAtBoundary()) {
                    first = i;
                }
            }
            return first;
        }

        private void head(int b) {
            headSeen++;
            if (headSeen == 2) {
                int size = b & ~MASKED;
                int mask = (b & MASKED) == 0 ? 0 : 4;
                headSize = 2 + mask + (size == TWO_BYTES ? 2 : size == EIGHT_BYTES ? 8 : 0);
                length = size < TWO_BYTES ? size : 0;
                lengthEnd = headSize - mask;
            } else if (headSeen > 2 && headSeen <= lengthEnd) {
                length = length << 8 | b;
            }
            if (headSeen == headSize) {
                remaining = length & Long.MAX_VALUE;
                headSeen = 0;
                headSize = 2;
            }
        }
    }
}
