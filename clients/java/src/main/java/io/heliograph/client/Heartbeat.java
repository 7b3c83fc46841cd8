package io.heliograph.client;

import java.util.function.BooleanSupplier;

/**
 * Judges whether a connection lives: after a silence it asks for a frame, and waits for one. The time for that begins
 * when the question is asked and not with the last frame: where all timers came late, the frames that wait to be read
 * come first.
 */
final class Heartbeat {

    private final ClientContext context;
    private final long idleMillis;
    private final long pongMillis;
    private final Runnable ping;
    private final Runnable lost;
    /** While the client itself reads nothing, silence says nothing. */
    private final BooleanSupplier isHeldBack;

    private ClientContext.Timer timer;
    private long heardAt;

    Heartbeat(
            ClientContext context,
            HeartbeatSettings settings,
            BooleanSupplier isHeldBack,
            Runnable ping,
            Runnable lost) {
        this.context = context;
        this.idleMillis = settings.idle().toMillis();
        this.pongMillis = settings.pong().toMillis();
        this.isHeldBack = isHeldBack;
        this.ping = ping;
        this.lost = lost;
    }

    /** The connection is to come to life within this time. */
    void expect(long millis) {
        stop();
        timer = context.schedule(millis, lost);
    }

    /** It lives. */
    void start() {
        heard();
        await(idleMillis);
    }

    /** A frame has come. */
    void heard() {
        heardAt = context.now();
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void await(long millis) {
        stop();
        timer = context.schedule(millis, this::check);
    }

    private void check() {
        long silence = context.now() - heardAt;
        if (isHeldBack.getAsBoolean()) {
            await(idleMillis);
        } else if (silence < idleMillis) {
            await(idleMillis - silence);
        } else {
            long askedAt = context.now();
            timer = context.schedule(pongMillis, () -> judge(askedAt));
            ping.run();
        }
    }

    private void judge(long askedAt) {
        if (heardAt >= askedAt || isHeldBack.getAsBoolean()) {
            check();
        } else {
            lost.run();
        }
    }
}
