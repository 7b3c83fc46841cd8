package io.heliograph.gateway.live;

import io.heliograph.gateway.live.LiveFrames.LiveCloseCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** The connection of one watcher, used on its event loop. */
interface LiveTransport {

    /** Completes once the frame has been written to the socket. */
    Future<Void> send(Buffer frame);

    /** Sends a ping or, on an event stream, a heartbeat. */
    void ping();

    /** Whether the client responds to a {@link #ping}. */
    boolean hasPong();

    void close(LiveCloseCode why);

    boolean isClosed();

    /** Server-sent events, each with one frame as its data. */
    final class EventStreamTransport implements LiveTransport {

        /** Sets the reconnection time of browsers. */
        static final Buffer BEGINNING = Buffer.buffer("retry: 2000\n\n");

        /** A comment, which keeps proxies from closing the connection and detects a closed one. */
        private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

        private final HttpServerResponse response;

        EventStreamTransport(HttpServerResponse response) {
            this.response = response;
        }

        @Override
        public Future<Void> send(Buffer frame) {
            return response.write(Buffer.buffer("data: ").appendBuffer(frame).appendString("\n\n"));
        }

        @Override
        public void ping() {
            if (!isClosed() && !response.writeQueueFull()) {
                response.write(HEARTBEAT.copy());
            }
        }

        @Override
        public boolean hasPong() {
            return false;
        }

        /** Sends an error frame with the reason, since there is no close code. */
        @Override
        public void close(LiveCloseCode why) {
            if (isClosed()) {
                return;
            }
            if (response.writeQueueFull()) {
                // The client does not read, so the error frame would not be sent.
                response.reset();
            } else {
                send(LiveFrames.error(null, why.label(), "The stream ends: " + why.reason() + "."));
                response.end();
            }
        }

        @Override
        public boolean isClosed() {
            return response.closed() || response.ended();
        }
    }

    /** A WebSocket. */
    final class SocketTransport implements LiveTransport {

        private final ServerWebSocket socket;

        SocketTransport(ServerWebSocket socket) {
            this.socket = socket;
        }

        @Override
        public Future<Void> send(Buffer frame) {
            return socket.writeTextMessage(frame.toString());
        }

        @Override
        public void ping() {
            if (!socket.isClosed()) {
                socket.writePing(Buffer.buffer());
            }
        }

        @Override
        public boolean hasPong() {
            return true;
        }

        @Override
        public void close(LiveCloseCode why) {
            socket.close(why.code(), why.reason());
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }
    }
}
