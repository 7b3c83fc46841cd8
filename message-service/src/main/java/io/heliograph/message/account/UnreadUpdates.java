package io.heliograph.message.account;

import io.heliograph.message.account.AccountEventRepository.TailChanges;
import io.heliograph.message.account.AccountEventRepository.TailMessage;
import io.heliograph.message.message.UnreadCount;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Publishes the unread count of a room to connected members: after a change of the room or of the read mark, at most once
 * per room and interval. New messages of a room are read once for all connected members. Used on the context of {@link
 * AccountEvents}.
 */
final class UnreadUpdates {

    /** Rooms in one query whose newest messages are known. */
    private static final int AT_ONCE = 200;

    /** Rooms in one query whose messages are not known yet: up to {@link UnreadCount#MAX} messages of each are read. */
    private static final int NEW_AT_ONCE = 20;

    /** Members to whom counts are published in one task of the event loop, in about a millisecond. */
    private static final int MEMBERS_AT_ONCE = 500;

    private final AccountIndex index;
    private final AccountEventRepository repository;
    private final AccountReads reads;
    private final long intervalNanos;
    private final Throttle<UUID> active;
    private final Set<UUID> waiting = new LinkedHashSet<>();
    private final List<FollowedMembership> pending = new ArrayList<>();
    /** The rooms with a tail, in the order of their last use. */
    private final Map<UUID, FollowedRoom> tails;

    private boolean reading;
    private long now;

    UnreadUpdates(AccountIndex index, AccountEventRepository repository, AccountReads reads, AccountConfig config) {
        this.index = index;
        this.repository = repository;
        this.reads = reads;
        this.intervalNanos = config.unreadInterval().toNanos();
        this.active = new Throttle<>(intervalNanos);
        int maxTails = config.maxTails();
        this.tails = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, FollowedRoom> eldest) {
                if (size() > maxTails) {
                    eldest.getValue().tail(null);
                    return true;
                }
                return false;
            }
        };
    }

    /** Messages of the room may have changed. */
    void active(UUID room) {
        if (index.room(room) != null) {
            active.add(room);
        }
    }

    /** Publishes the counts that are due. To be called periodically. */
    void tick(long nanoTime) {
        now = nanoTime;
        active.due(now).forEach(this::read);
        List<FollowedMembership> due = List.copyOf(pending);
        pending.clear();
        due.stream().filter(index::contains).forEach(this::publishPending);
    }

    private void publishPending(FollowedMembership membership) {
        membership.endWait();
        publish(membership);
    }

    /** Publishes the unread count of a member, now or as soon as the interval permits. */
    void publish(FollowedMembership membership) {
        FollowedRoom room = membership.room();
        UnreadTail tail = room.tail();
        if (tail == null || !tail.reaches(membership.readSeq())) {
            forget(room);
            membership.owe();
            read(room.id());
        } else if (membership.mayPublish(now, intervalNanos)) {
            publish(membership, tail);
        } else if (membership.await()) {
            pending.add(membership);
        }
    }

    private void publish(FollowedMembership membership, UnreadTail tail) {
        FollowedRoom room = membership.room();
        Unread count = tail.count(membership.account().user(), membership.readSeq());
        // The mark may be ahead of the tail, which is read once per interval.
        long lastSeq = Math.max(tail.lastSeq(), membership.readSeq());
        byte[] frame = AccountFrames.unread(room.id(), lastSeq, membership.readSeq(), count);
        membership
                .account()
                .publish(
                        membership.isMarked()
                                ? new AccountEvent.ForAll(frame)
                                : new AccountEvent.ForNotJoined(room.id(), frame));
        membership.published(now);
    }

    private void read(UUID room) {
        if (index.room(room) != null) {
            waiting.add(room);
            readNext();
        }
    }

    /** The lowest read mark of the connected members. */
    private long firstMark(FollowedRoom room) {
        return index.members(room).stream()
                .mapToLong(FollowedMembership::readSeq)
                .min()
                .orElse(room.lastSeq());
    }

    private void forget(FollowedRoom room) {
        room.tail(null);
        tails.remove(room.id());
    }

    private void readNext() {
        if (reading) {
            return;
        }
        waiting.removeIf(room -> index.room(room) == null);
        if (waiting.isEmpty()) {
            return;
        }
        Map<UUID, Long> fresh = new HashMap<>();
        Map<UUID, Long> known = new HashMap<>();
        for (UUID id : waiting) {
            FollowedRoom room = index.room(id);
            if (room.tail() == null && fresh.size() < NEW_AT_ONCE) {
                fresh.put(id, firstMark(room));
            } else if (room.tail() != null && known.size() < AT_ONCE) {
                known.put(id, room.tail().rev());
            }
        }
        waiting.removeAll(fresh.keySet());
        waiting.removeAll(known.keySet());
        reading = true;
        Future<Map<UUID, TailChanges>> first =
                fresh.isEmpty() ? Future.succeededFuture(Map.of()) : repository.tails(fresh);
        Future<Map<UUID, TailChanges>> second =
                known.isEmpty() ? Future.succeededFuture(Map.of()) : repository.changes(known);
        reads.run(Future.all(first, second), done -> read(fresh, known, first.result(), second.result(), done));
    }

    private void read(
            Map<UUID, Long> fresh,
            Map<UUID, Long> known,
            Map<UUID, TailChanges> found,
            Map<UUID, TailChanges> changes,
            AsyncResult<?> done) {
        reading = false;
        if (done.failed()) {
            waiting.addAll(fresh.keySet());
            waiting.addAll(known.keySet());
            reads.retry(this::readNext);
            return;
        }
        found.forEach((id, tail) -> {
            FollowedRoom room = index.room(id);
            if (room != null) {
                room.tail(new UnreadTail(Math.max(fresh.get(id), tail.lastSeq() - UnreadCount.MAX)));
                tails.put(id, room);
                apply(room, tail, tail.lastSeq() > room.lastSeq() || tail.rev() > room.rev());
            }
        });
        changes.forEach((id, change) -> {
            FollowedRoom room = index.room(id);
            if (room != null && room.tail() != null && change.messages().size() < UnreadCount.MAX) {
                tails.get(id);
                apply(room, change, false);
            } else if (room != null) {
                // Too many messages have changed, so the newest ones are read again.
                forget(room);
                read(id);
            }
        });
        readNext();
    }

    private void apply(FollowedRoom room, TailChanges read, boolean moved) {
        UnreadTail tail = room.tail();
        boolean changed = moved;
        for (TailMessage message : read.messages()) {
            changed |= tail.put(message.seq(), message.sender(), message.mentions());
        }
        tail.advance(read.lastSeq(), read.rev());
        room.advance(read.lastSeq(), read.rev());
        boolean toAll = changed;
        publish(index.members(room).stream()
                .filter(member -> toAll || member.isOwed())
                .toList()
                .iterator());
    }

    /** In several tasks, so that the event loop does other work in between. */
    private void publish(Iterator<FollowedMembership> members) {
        for (int published = 0; published < MEMBERS_AT_ONCE && members.hasNext(); published++) {
            FollowedMembership member = members.next();
            if (index.contains(member)) {
                publish(member);
            }
        }
        if (members.hasNext()) {
            reads.later(() -> publish(members));
        }
    }
}
