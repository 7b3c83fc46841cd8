package io.heliograph.message.delivery;

import io.heliograph.message.database.QueryBatcher;
import io.heliograph.message.limit.AsyncSemaphore;
import io.heliograph.message.message.ChangePage;
import io.heliograph.message.message.RoomLog;
import io.heliograph.message.message.RoomLog.RoomUser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the heads, changes and members of rooms from PostgreSQL, and pages of changes for subscriptions that catch up.
 * However many rooms there are, few of its queries run at once, since a full pool rejects the requests of users. When a
 * replica dies, thousands of clients reconnect within seconds at the same position of the same rooms, on every event
 * loop: they share one read, while it is in progress and for a short time after it. A page that is some moments old
 * stays correct, since later changes follow it. Thread-safe.
 */
final class ChangeReader {

    private record RoomPosition(UUID room, long rev) {}

    private final Vertx vertx;
    private final RoomLog log;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final AsyncSemaphore<UUID> reads;
    private final QueryBatcher<UUID, Long> heads;
    private final QueryBatcher<RoomUser, Boolean> members;
    private final Map<RoomPosition, Future<ReplayPage>> shared = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    ChangeReader(Vertx vertx, RoomLog log, DeliveryConfig config, DeliveryMetrics metrics) {
        this.vertx = vertx;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
        this.reads = new AsyncSemaphore<>(config.maxReads(), config.maxWaitingReads());
        this.heads = new QueryBatcher<>(config.headCheckRooms(), config.maxWaitingReads(), this::heads);
        // The caller bounds what waits, by isCheckingMembers.
        this.members = new QueryBatcher<>(config.memberCheckUsers(), Integer.MAX_VALUE, log::areMembers);
        metrics.keptPageBytes(keptBytes);
    }

    /** The committed head of the room, read after this call; 0 if there is no such room. */
    Future<Long> head(UUID room) {
        return heads.ask(room);
    }

    private Future<List<Long>> heads(List<UUID> rooms) {
        return log.heads(rooms)
                .map(found ->
                        rooms.stream().map(room -> found.getOrDefault(room, 0L)).toList());
    }

    /** Whether the user is a member of the room. */
    Future<Boolean> isMember(UUID room, UUID user) {
        return members.ask(new RoomUser(room, user));
    }

    /** Whether calls of {@link #isMember} have not completed. */
    boolean isCheckingMembers() {
        return !members.isIdle();
    }

    /**
     * The changes after {@code rev} as they are now, up to the size of a page. Fails if PostgreSQL does not answer, or
     * if too many reads wait for it.
     */
    Future<ChangePage> changedAfter(UUID room, long rev) {
        return reads.run(() -> log.changedAfter(room, rev, config.pageSize(), config.pageBytes()));
    }

    /**
     * A page for a subscription that knows the messages up to {@code known}. Fails if PostgreSQL does not answer, or if
     * too many reads wait for it.
     *
     * <p>A page is shared only if the subscription knows all messages up to {@code rev}. Between pages, a shared page
     * may be older than the previous page, and a message that was changed in between would be in neither.
     */
    Future<ReplayPage> after(UUID room, long rev, long known) {
        if (rev != known) {
            metrics.page(false);
            return read(room, rev, known);
        }
        RoomPosition position = new RoomPosition(room, rev);
        Promise<ReplayPage> mine = Promise.promise();
        Future<ReplayPage> others = shared.putIfAbsent(position, mine.future());
        metrics.page(others != null);
        if (others != null) {
            return others;
        }
        read(room, rev, known)
                .onSuccess(page -> keep(position, page))
                .onFailure(failure -> shared.remove(position))
                .onComplete(mine);
        return mine.future();
    }

    /** As {@link #after}, but never older than {@code head}, a head of the room that the caller has read. */
    Future<ReplayPage> after(UUID room, long rev, long known, long head) {
        Future<ReplayPage> others = rev == known ? shared.get(new RoomPosition(room, rev)) : null;
        // A read that begins now is new enough.
        return others == null
                ? after(room, rev, known)
                : others.compose(page -> {
                    boolean fresh = page.upTo() >= head;
                    metrics.page(fresh);
                    return fresh ? Future.succeededFuture(page) : read(room, rev, known);
                });
    }

    private Future<ReplayPage> read(UUID room, long rev, long known) {
        return changedAfter(room, rev)
                .map(changes -> new ReplayPage(changes.upTo(), Change.since(known, changes), changes.more()));
    }

    /** An empty page is not kept, because it would be wrong for a subscription that has received later changes. */
    private void keep(RoomPosition position, ReplayPage page) {
        int size = page.size();
        if (keptBytes.addAndGet(size) > config.maxKeptPageBytes() || page.upTo() == position.rev) {
            forget(position, size);
        } else {
            vertx.setTimer(config.pageLifetime().toMillis(), timer -> forget(position, size));
        }
    }

    private void forget(RoomPosition position, int size) {
        shared.remove(position);
        keptBytes.addAndGet(-size);
    }
}
