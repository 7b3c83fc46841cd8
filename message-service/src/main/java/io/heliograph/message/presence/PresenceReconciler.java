package io.heliograph.message.presence;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reconciles this replica with Redis at intervals, some rooms at a time: stores the entries of its own users, and reads
 * those of other replicas. After a failure it retries until Redis is back, and then lets the other replicas store their
 * entries before it removes a user. Used only on its context.
 */
final class PresenceReconciler {

    private final Vertx vertx;
    private final Context context;
    private final PresenceStore store;
    private final PresenceConfig config;
    private final Map<UUID, RoomPresence> rooms;

    private boolean away;
    private boolean running;
    private long timer;
    private long learned = System.nanoTime();

    PresenceReconciler(
            Vertx vertx, Context context, PresenceStore store, PresenceConfig config, Map<UUID, RoomPresence> rooms) {
        this.vertx = vertx;
        this.context = context;
        this.store = store;
        this.config = config;
        this.rooms = rooms;
    }

    void start() {
        schedule(config.refreshInterval());
    }

    /** Whether the last call to Redis failed. */
    boolean isAway() {
        return away;
    }

    /** To be called when a call to Redis failed. */
    void failed() {
        away = true;
        if (!running) {
            schedule(config.retryDelay());
        }
    }

    /** Reads the entries of other replicas in this room; never fails; completes on the context. */
    Future<Void> learn(RoomPresence room) {
        return away
                ? Future.succeededFuture()
                : learn(List.of(room)).otherwise(ignored -> {
                    failed();
                    return null;
                });
    }

    private void schedule(Duration delay) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(delay.toMillis(), fired -> context.runOnContext(ignored -> run()));
    }

    private void run() {
        running = true;
        boolean wasAway = away;
        next(List.copyOf(rooms.values()).iterator(), !wasAway).onComplete(done -> {
            running = false;
            if (done.failed() || away != wasAway) {
                forgetOthersInTime();
                failed();
            } else if (wasAway) {
                away = false;
                schedule(config.linger());
            } else {
                learned = System.nanoTime();
                schedule(config.refreshInterval());
            }
        });
    }

    private Future<Void> next(Iterator<RoomPresence> rest, boolean learning) {
        Map<UUID, RoomPresence> batch = new LinkedHashMap<>();
        while (rest.hasNext() && batch.size() < config.batchSize()) {
            RoomPresence room = rest.next();
            batch.put(room.id(), room);
        }
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        return here(store.store(localEntries(batch)))
                .compose(stored -> learning ? learn(List.copyOf(batch.values())) : Future.succeededFuture())
                .compose(learnt -> next(rest, learning));
    }

    private Future<Void> learn(List<RoomPresence> batch) {
        batch.forEach(RoomPresence::read);
        return here(store.read(batch.stream().map(RoomPresence::id).toList()))
                .onFailure(failure -> batch.forEach(RoomPresence::fail))
                .map(stored -> {
                    batch.forEach(room -> room.learn(stored.get(room.id())));
                    return null;
                });
    }

    /** Removes the users of other replicas once the entries that were stored last have expired. */
    private void forgetOthersInTime() {
        if (System.nanoTime() - learned > config.expiry().toNanos()) {
            rooms.values().forEach(RoomPresence::forgetOthers);
        }
    }

    private static Map<UUID, List<PresenceEntry>> localEntries(Map<UUID, RoomPresence> batch) {
        Map<UUID, List<PresenceEntry>> localEntries = new LinkedHashMap<>();
        batch.forEach((id, room) -> localEntries.put(id, room.localEntries()));
        return localEntries;
    }

    private <T> Future<T> here(Future<T> work) {
        Promise<T> done = Promise.promise();
        work.onComplete(result -> context.runOnContext(ignored -> done.handle(result)));
        return done.future();
    }
}
