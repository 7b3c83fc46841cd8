package io.heliograph.message.websocket;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Pings a socket and gives it up when it has shown no life for two beats. Used on the event loop of the socket only. */
final class Heartbeat {

    private static final int PATIENCE = 2;

    private final Vertx vertx;
    private final Runnable ping;
    private final Runnable gone;
    private final long timer;
    private int silentBeats;

    Heartbeat(Vertx vertx, Duration interval, Runnable ping, Runnable gone) {
        this.vertx = vertx;
        this.ping = ping;
        this.gone = gone;
        this.timer = vertx.setPeriodic(interval.toMillis(), tick -> beat());
    }

    void lifeSeen() {
        silentBeats = 0;
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** One interval is over. */
    void beat() {
        if (++silentBeats > PATIENCE) {
            gone.run();
        } else {
            ping.run();
        }
    }
}
