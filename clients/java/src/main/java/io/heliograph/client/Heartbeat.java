package io.heliograph.client;

import java.util.function.BooleanSupplier;

/**
 * Detects dead connections: after an idle time it sends a ping, and waits for a frame. The timeout begins with the ping
 * and not with the last frame: if all timers are late, the frames that wait to be read are processed first.
 */
final class Heartbeat {

    private final ClientContext context;
    private final long idleMillis;
    private final long pongMillis;
    private final Runnable ping;
    private final Runnable lost;
    /** Whether the client itself reads nothing; then a missing frame is no sign of a dead connection. */
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

    /** Expects the connection to be live within this time. */
    void expect(long millis) {
        stop();
        timer = context.schedule(millis, lost);
    }

    /** To be called when the connection is live. */
    void start() {
        heard();
        await(idleMillis);
    }

    /** To be called when a frame has arrived. */
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
