package io.heliograph.gateway.live;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

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
