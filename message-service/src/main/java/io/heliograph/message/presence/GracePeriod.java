package io.heliograph.message.presence;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Users who left a moment ago and may reconnect, with one timer for all of them. Used only on its context. */
final class GracePeriod {

    /** Called when the grace period of a user ends. */
    interface Expiry {
        void end(UUID room, UUID user, long left);
    }

    private record PendingLeave(UUID room, UUID user, long left) {}

    private final Vertx vertx;
    private final Context context;
    private final Supplier<Duration> time;
    private final Expiry expiry;
    private final Queue<PendingLeave> pending = new ArrayDeque<>();

    GracePeriod(Vertx vertx, Context context, Supplier<Duration> time, Expiry expiry) {
        this.vertx = vertx;
        this.context = context;
        this.time = time;
        this.expiry = expiry;
    }

    /** {@code left} is now, in {@link System#nanoTime}; the ends come in the order of the beginnings. */
    void begin(UUID room, UUID user, long left) {
        pending.add(new PendingLeave(room, user, left));
        if (pending.size() == 1) {
            waitForFirst(left);
        }
    }

    private void waitForFirst(long now) {
        long millis = TimeUnit.NANOSECONDS.toMillis(
                        pending.element().left + time.get().toNanos() - now)
                + 1;
        vertx.setTimer(millis, timer -> context.runOnContext(ignored -> endThoseDue(System.nanoTime())));
    }

    private void endThoseDue(long now) {
        while (!pending.isEmpty() && now - pending.element().left >= time.get().toNanos()) {
            PendingLeave next = pending.remove();
            expiry.end(next.room, next.user, next.left);
        }
        if (!pending.isEmpty()) {
            waitForFirst(now);
        }
    }
}
