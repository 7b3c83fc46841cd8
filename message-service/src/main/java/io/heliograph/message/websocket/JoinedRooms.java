package io.heliograph.message.websocket;

import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.message.delivery.Subscription;
import io.heliograph.message.delivery.Subscription.EndReason;
import io.heliograph.message.delivery.Subscription.Position;
import io.heliograph.message.presence.PresenceHandle;
import io.heliograph.message.room.Room;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

/** The rooms that one socket has joined or is joining, up to a limit. Used only on the event loop of the socket. */
final class JoinedRooms {

    /** Exists from the start of the join; has a subscription and a presence once the join is complete. */
    static final class JoinedRoom {
        private final UUID room;
        private Subscription subscription;
        private PresenceHandle presence;
        private long typedAt;

        private JoinedRoom(UUID room) {
            this.room = room;
        }

        private boolean isSubscribed() {
            return subscription != null;
        }
    }

    /** The typing events of a room that one socket may send: one a second, in nanoseconds. */
    private static final long TYPING_INTERVAL = 1_000_000_000;

    private final OutboundQueue out;
    private final IntSupplier limit;
    private final Map<UUID, JoinedRoom> rooms = new HashMap<>();
    /** The rooms that will be joined once all requests are done. */
    private final Set<UUID> requested = new HashSet<>();

    JoinedRooms(OutboundQueue out, IntSupplier limit) {
        this.out = out;
        this.limit = limit;
    }

    /** Records a request to join this room; false if the limit is reached. */
    boolean request(UUID room) {
        return requested.contains(room) || (requested.size() < limit.getAsInt() && requested.add(room));
    }

    /** Records a request to leave the room. */
    void cancelRequest(UUID room) {
        requested.remove(room);
    }

    boolean contains(UUID room) {
        return rooms.containsKey(room);
    }

    boolean containsAny(Set<UUID> others) {
        return !Collections.disjoint(others, rooms.keySet());
    }

    /** Adds a join, which replaces an earlier one of the same room. */
    JoinedRoom add(UUID room) {
        remove(room);
        JoinedRoom joined = new JoinedRoom(room);
        rooms.put(room, joined);
        return joined;
    }

    /** Whether this join was neither undone nor replaced in the meantime. */
    boolean contains(JoinedRoom joined) {
        return rooms.get(joined.room) == joined;
    }

    /** Replies to the join and begins to deliver the changes after {@code after}. */
    void subscribe(JoinedRoom joined, JoinResult result, String id, long after) {
        Room room = result.view().room();
        joined.presence = result.presence();
        joined.typedAt = System.nanoTime() - TYPING_INTERVAL;
        out.send(ServerFrames.joined(id, room.id(), room.lastSeq(), room.rev(), joined.presence.online()));
        joined.subscription = result.subscribers()
                .subscribe(
                        out,
                        joined.presence.user().id(),
                        new Position(after, after == room.rev()),
                        (ended, why) -> ended(joined, ended.rev(), why));
    }

    /** Whether a typing event may be published now, at most one per interval; the room must be contained. */
    boolean mayType(UUID room) {
        JoinedRoom joined = rooms.get(room);
        long now = System.nanoTime();
        boolean allowed = joined.isSubscribed() && now - joined.typedAt >= TYPING_INTERVAL;
        if (allowed) {
            joined.typedAt = now;
        }
        return allowed;
    }

    void leave(UUID room) {
        requested.remove(room);
        remove(room);
    }

    private void remove(UUID room) {
        JoinedRoom joined = rooms.remove(room);
        if (joined != null && joined.isSubscribed()) {
            joined.subscription.leave();
            joined.presence.end();
        }
    }

    void leaveAll() {
        Map.copyOf(rooms).keySet().forEach(this::leave);
    }

    private void ended(JoinedRoom joined, long rev, EndReason why) {
        rooms.remove(joined.room, joined);
        requested.remove(joined.room);
        joined.presence.end();
        if (why == EndReason.UNSUBSCRIBED) {
            out.send(ServerFrames.left(null, joined.room));
        } else {
            out.send(ServerFrames.resync(joined.room, rev));
        }
    }
}
