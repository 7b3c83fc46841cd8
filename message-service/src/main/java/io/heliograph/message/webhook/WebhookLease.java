package io.heliograph.message.webhook;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A webhook that this replica serves, as it was when it was leased. Thread-safe. */
final class WebhookLease {

    private final UUID id;
    private final PostTarget target;
    private final Set<EventType> events;
    private final int attempts;
    private final long fence;
    private final Duration lease;
    private volatile long leaseUntil;
    private volatile boolean stopped;

    /** {@code askedAt} is the {@link System#nanoTime} before the request for the lease. */
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

    /** The number of consecutive failures of the endpoint. */
    int attempts() {
        return attempts;
    }

    long fence() {
        return fence;
    }

    void renewed(long askedAt) {
        leaseUntil = askedAt + lease.toNanos();
    }

    /** Stops posting. */
    void stop() {
        stopped = true;
    }

    /**
     * Whether the lease is held. It is measured by the clock of this replica from before the request to the database,
     * so it expires no later here than there.
     */
    boolean isHeld() {
        return !stopped && System.nanoTime() - leaseUntil < 0;
    }
}
