package io.heliograph.message.presence;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Users who left a moment ago and may reconnect, with one timer for all of them. While clients wait for admission the
 * period is extended, as the users may be among these clients: presence events of n users who reconnect to a room would
 * be n² frames, at a time of high load. Used only on its context.
 */
final class GracePeriod {

    /** How often an extended grace period is checked again, in milliseconds. */
    private static final long RECHECK = 250;

    /** Called when the grace period of a user ends. */
    interface Expiry {
        void end(UUID room, UUID user, long left);
    }

    private record PendingLeave(UUID room, UUID user, long left) {}

    private final Vertx vertx;
    private final Context context;
    private final Supplier<Duration> time;
    private final Supplier<Duration> maxTime;
    private final BooleanSupplier clientsWait;
    private final Expiry expiry;
    private final Queue<PendingLeave> pending = new ArrayDeque<>();

    /** @param maxTime how long it lasts while {@code clientsWait} for admission */
    GracePeriod(
            Vertx vertx,
            Context context,
            Supplier<Duration> time,
            Supplier<Duration> maxTime,
            BooleanSupplier clientsWait,
            Expiry expiry) {
        this.vertx = vertx;
        this.context = context;
        this.time = time;
        this.maxTime = maxTime;
        this.clientsWait = clientsWait;
        this.expiry = expiry;
    }

    /** {@code left} is the current {@link System#nanoTime}. Periods end in the order in which they began. */
    void begin(UUID room, UUID user, long left) {
        pending.add(new PendingLeave(room, user, left));
        if (pending.size() == 1) {
            waitForFirst(left);
        }
    }

    private void waitForFirst(long now) {
        long remaining = TimeUnit.NANOSECONDS.toMillis(
                pending.element().left + time.get().toNanos() - now);
        wake(Math.max(0, remaining) + 1);
    }

    private void wake(long millis) {
        vertx.setTimer(millis, timer -> context.runOnContext(ignored -> endThoseDue(System.nanoTime())));
    }

    void endThoseDue(long now) {
        boolean extended = clientsWait.getAsBoolean();
        long nanos = (extended ? maxTime : time).get().toNanos();
        while (!pending.isEmpty() && now - pending.element().left >= nanos) {
            PendingLeave next = pending.remove();
            expiry.end(next.room, next.user, next.left);
        }
        if (!pending.isEmpty()) {
            if (extended) {
                wake(RECHECK);
            } else {
                waitForFirst(now);
            }
        }
    }
}
