package io.heliograph.message.websocket;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Pings a socket and reports it gone after two intervals without a frame. Used only on the event loop of the socket. */
final class Heartbeat {

    private static final int MISSED_INTERVALS = 2;

    private final Vertx vertx;
    private final Runnable ping;
    private final Runnable gone;
    private final long timer;
    private int silentIntervals;

    Heartbeat(Vertx vertx, Duration interval, Runnable ping, Runnable gone) {
        this.vertx = vertx;
        this.ping = ping;
        this.gone = gone;
        this.timer = vertx.setPeriodic(interval.toMillis(), tick -> beat());
    }

    void lifeSeen() {
        silentIntervals = 0;
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** Called at the end of an interval. */
    void beat() {
        if (++silentIntervals > MISSED_INTERVALS) {
            gone.run();
        } else {
            ping.run();
        }
    }
}
