package io.heliograph.message.socket;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;

/** Pings a socket and gives it up when it has shown no life for two beats. Used on the event loop of the socket only. */
final class Heartbeat {

    private static final int PATIENCE = 2;

    private final Vertx vertx;
    private final long timer;
    private int silentBeats;

    Heartbeat(Vertx vertx, Duration interval, ServerWebSocket socket, Runnable gone) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(interval.toMillis(), tick -> beat(socket, gone));
    }

    void lifeSeen() {
        silentBeats = 0;
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void beat(ServerWebSocket socket, Runnable gone) {
        if (++silentBeats > PATIENCE) {
            gone.run();
        } else {
            socket.writePing(Buffer.buffer());
        }
    }
}
