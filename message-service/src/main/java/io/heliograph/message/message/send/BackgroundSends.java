package io.heliograph.message.message.send;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The sends of a commit queue with the priority {@link SendPriority#BACKGROUND}. While live sends are expected they are
 * committed in small groups, each followed by a pause of several times the duration of its commit. So they take at most
 * a fixed share of the time of the queue, independent of the speed of PostgreSQL, and a live send waits for at most one
 * such commit. Otherwise they do not wait. Used only on the context of the queue.
 */
final class BackgroundSends {

    private final SendConfig config;
    private final LiveTraffic live;
    private final BatchBuffer waiting = new BatchBuffer();
    /** Sends of contended rooms, held because they would have no pause among the live sends of such a room. */
    private List<PendingBatch> held = new ArrayList<>();

    private long dueAt;
    private long begunAt;

    BackgroundSends(SendConfig config, LiveTraffic live) {
        this.config = config;
        this.live = live;
        this.dueAt = live.now();
    }

    void add(PendingBatch batch) {
        waiting.add(batch);
    }

    void hold(PendingBatch batch) {
        held.add(batch);
    }

    /** Whether sends of this room are held. */
    boolean holds(UUID room) {
        return held.stream().anyMatch(batch -> batch.room().equals(room));
    }

    /** Removes and returns the waiting sends. */
    List<PendingBatch> drain() {
        return waiting.drain();
    }

    /** Removes and returns the held sends. */
    List<PendingBatch> release() {
        List<PendingBatch> released = held;
        held = new ArrayList<>();
        return released;
    }

    /** Whether the next group is due, also while live sends wait. */
    boolean isDue() {
        return !waiting.isEmpty() && (live.now() - dueAt >= 0 || !live.isExpected());
    }

    /** Removes and returns the next group, whose commit begins now. */
    List<PendingBatch> nextGroup() {
        begunAt = live.now();
        return waiting.nextGroup(
                live.isExpected()
                        ? Math.min(config.maxBackgroundCommitSize(), config.maxCommitSize())
                        : config.maxCommitSize());
    }

    /** To be called at the end of a commit. Returns the milliseconds until the next group is due, 0 for none. */
    long pause() {
        long now = live.now();
        long pause = live.isExpected() ? (now - begunAt) * config.backgroundPause() : 0;
        dueAt = now + pause;
        return pause == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(pause) + 1;
    }
}
