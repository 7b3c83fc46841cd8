package io.heliograph.message.message.send;

import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;

/**
 * The rooms of a commit queue whose row is locked by another transaction. Each room has commits of its own, which wait
 * for its lock, so that a locked room does not delay the others. The sends of a room keep their order: while a room is
 * here, all its sends are added here. When the commit of a room fails, all waiting sends of that room fail. Used only
 * on the context of the queue.
 */
final class ContendedRooms {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final class Room {
        private final UUID id;
        private final BatchBuffer pending = new BatchBuffer();
        private long bytes;
        /** How often it has been queued; a deadline applies to one turn. */
        private int turn;

        private long timer;

        Room(UUID id) {
            this.id = id;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final GroupWriter commit;
    private final SendConfig config;
    private final Runnable released;
    private final Map<UUID, Room> rooms = new HashMap<>();
    /** The rooms that wait for a free commit. */
    private final Queue<Room> queue = new ArrayDeque<>();

    private int committing;

    /** @param released is called on the context when a room is no longer contended */
    ContendedRooms(Vertx vertx, Context context, SendConfig config, GroupWriter commit, Runnable released) {
        this.vertx = vertx;
        this.context = context;
        this.config = config;
        this.commit = commit;
        this.released = released;
    }

    boolean contains(UUID room) {
        return rooms.containsKey(room);
    }

    void add(PendingBatch batch) {
        Room room = rooms.get(batch.room());
        if (room != null && room.bytes > config.maxContendedBytes()) {
            batch.answer()
                    .fail(ProblemException.unavailable(
                            "overloaded", "Too many messages wait for this room.", RETRY_AFTER));
            return;
        }
        if (room == null) {
            room = new Room(batch.room());
            rooms.put(room.id, room);
            enqueue(room);
        }
        room.pending.add(batch);
        room.bytes += batch.batch().weight();
        context.runOnContext(ignored -> commitNext());
    }

    /** A room for which no commit becomes free within the commit timeout fails, like one that stays locked. */
    private void enqueue(Room room) {
        queue.add(room);
        int turn = ++room.turn;
        room.timer = vertx.setTimer(
                config.commitTimeout().toMillis(),
                timer -> context.runOnContext(ignored -> {
                    // The timer may be that of an earlier turn.
                    if (room.turn == turn && queue.remove(room)) {
                        remove(room);
                        PendingBatch.fail(room.pending.drain(), locked());
                    }
                }));
    }

    private void commitNext() {
        while (committing < config.maxContendedCommits() && !queue.isEmpty()) {
            committing++;
            commit(queue.poll());
        }
    }

    private void commit(Room room) {
        vertx.cancelTimer(room.timer);
        List<PendingBatch> group = room.pending.nextGroup(config.maxCommitSize());
        group.forEach(each -> room.bytes -= each.batch().weight());
        commit.commit(PendingBatch.batches(group), LockWaitPolicy.WAIT)
                .onComplete(done -> context.runOnContext(ignored -> {
                    if (done.failed()) {
                        remove(room);
                        PendingBatch.fail(group, done.cause());
                        PendingBatch.fail(room.pending.drain(), done.cause());
                    } else if (room.pending.isEmpty()) {
                        remove(room);
                    } else {
                        enqueue(room);
                    }
                    committing--;
                    commitNext();
                    if (done.succeeded()) {
                        PendingBatch.answer(group, done.result());
                    }
                }));
    }

    private void remove(Room room) {
        rooms.remove(room.id);
        context.runOnContext(ignored -> released.run());
    }

    private static ProblemException locked() {
        return ProblemException.unavailable("store_unavailable", "The room is locked at the moment.", RETRY_AFTER);
    }
}
