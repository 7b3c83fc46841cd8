package io.heliograph.message.websocket;

import io.vertx.core.http.ServerWebSocket;

/**
 * Counts the running and queued requests of a socket. At the limit, and while it is held, nothing more is read from the
 * socket, so that TCP back-pressure reaches the client.
 */
final class InFlightLimit {

    private final ServerWebSocket socket;
    private final int limit;
    private int underWay;
    private boolean held;
    private boolean paused;

    InFlightLimit(ServerWebSocket socket, int limit) {
        this.socket = socket;
        this.limit = limit;
    }

    void begin() {
        underWay++;
        adjust();
    }

    void end() {
        underWay--;
        adjust();
    }

    /** Stops reading requests until {@link #release}. */
    void hold() {
        held = true;
        adjust();
    }

    void release() {
        held = false;
        adjust();
    }

    private void adjust() {
        boolean full = held || underWay >= limit;
        if (full != paused) {
            paused = full;
            if (full) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
    }
}
