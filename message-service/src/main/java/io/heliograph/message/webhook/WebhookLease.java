package io.heliograph.message.webhook;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A webhook that this replica serves, as it was when it was taken. Thread-safe. */
final class WebhookLease {

    private final UUID id;
    private final PostTarget target;
    private final Set<EventType> events;
    private final int attempts;
    private final long fence;
    private final Duration lease;
    private volatile long leaseUntil;
    private volatile boolean stopped;

    /** {@code askedAt} is when the lease was asked for, in {@link System#nanoTime}. */
    WebhookLease(
            UUID id, PostTarget target, Set<EventType> events, int attempts, long fence, Duration lease, long askedAt) {
        this.id = id;
        this.target = target;
        this.events = events;
        this.attempts = attempts;
        this.fence = fence;
        this.lease = lease;
        renewed(askedAt);
    }

    UUID id() {
        return id;
    }

    PostTarget target() {
        return target;
    }

    Set<EventType> events() {
        return events;
    }

    /** How often in a row the endpoint has failed. */
    int attempts() {
        return attempts;
    }

    long fence() {
        return fence;
    }

    void renewed(long askedAt) {
        leaseUntil = askedAt + lease.toNanos();
    }

    /** Nothing more is to be posted. */
    void stop() {
        stopped = true;
    }

    /**
     * Whether something may still be posted. By the clock of this replica, and reckoned from before the database gave the
     * lease: it ends no later here than there.
     */
    boolean isHeld() {
        return !stopped && System.nanoTime() - leaseUntil < 0;
    }
}
