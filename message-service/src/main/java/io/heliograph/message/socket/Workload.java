package io.heliograph.message.socket;

import io.vertx.core.http.ServerWebSocket;

/** How many requests of a socket are under way; at the limit nothing more is read from it, which TCP tells the client. */
final class Workload {

    private final ServerWebSocket socket;
    private final int limit;
    private int underWay;

    Workload(ServerWebSocket socket, int limit) {
        this.socket = socket;
        this.limit = limit;
    }

    void begin() {
        if (++underWay == limit) {
            socket.pause();
        }
    }

    void end() {
        if (underWay-- == limit) {
            socket.resume();
        }
    }
}
