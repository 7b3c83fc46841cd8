package io.heliograph.message.websocket;

import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.message.delivery.Subscription;
import io.heliograph.message.delivery.Subscription.Interruption;
import io.heliograph.message.delivery.Subscription.Position;
import io.heliograph.message.presence.PresenceHandle;
import io.heliograph.message.room.Room;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The rooms one socket is in or on its way into. Used on the event loop of the socket only. */
final class JoinedRooms {

    /** A seat is taken when the room is asked for; it has a subscription once the room has been joined. */
    static final class JoinedRoom {
        private final UUID room;
        private Subscription subscription;
        private PresenceHandle stay;
        private long typed;

        private JoinedRoom(UUID room) {
            this.room = room;
        }

        private boolean isTaken() {
            return subscription != null;
        }
    }

    /** Once a second is all that a reader can see; in nanoseconds. */
    private static final long TYPING_INTERVAL = 1_000_000_000;

    private final OutboundQueue out;
    private final Map<UUID, JoinedRoom> seats = new HashMap<>();
    /** The rooms there are seats in once all that was asked for is done. */
    private final Set<UUID> claimed = new HashSet<>();

    JoinedRooms(OutboundQueue out) {
        this.out = out;
    }

    /** Whether this room is one of so many at most, now that it is asked for. */
    boolean claim(UUID room, int limit) {
        return claimed.contains(room) || (claimed.size() < limit && claimed.add(room));
    }

    /** The room will be left. */
    void giveUp(UUID room) {
        claimed.remove(room);
    }

    boolean has(UUID room) {
        return seats.containsKey(room);
    }

    /** A join replaces an earlier one of the same room. */
    JoinedRoom reserve(UUID room) {
        vacate(room);
        JoinedRoom seat = new JoinedRoom(room);
        seats.put(room, seat);
        return seat;
    }

    /** Whether the seat was neither left nor replaced in the meantime. */
    boolean holds(JoinedRoom seat) {
        return seats.get(seat.room) == seat;
    }

    /** Answers the join and begins to deliver what came after {@code after}. */
    void take(JoinedRoom seat, JoinResult entrance, String id, long after) {
        Room room = entrance.view().room();
        seat.stay = entrance.stay();
        seat.typed = System.nanoTime() - TYPING_INTERVAL;
        out.send(ServerFrames.joined(id, room.id(), room.lastSeq(), room.rev(), seat.stay.online()));
        seat.subscription = entrance.audience()
                .subscribe(
                        out,
                        seat.stay.user().id(),
                        new Position(after, after == room.rev()),
                        (ended, why) -> interrupted(seat, ended.rev(), why));
    }

    /** Whether to tell that somebody types in this room, in which there is a seat: once it is taken, now and then. */
    boolean mayType(UUID room) {
        JoinedRoom seat = seats.get(room);
        long now = System.nanoTime();
        boolean rested = seat.isTaken() && now - seat.typed >= TYPING_INTERVAL;
        if (rested) {
            seat.typed = now;
        }
        return rested;
    }

    void leave(UUID room) {
        claimed.remove(room);
        vacate(room);
    }

    private void vacate(UUID room) {
        JoinedRoom seat = seats.remove(room);
        if (seat != null && seat.isTaken()) {
            seat.subscription.leave();
            seat.stay.end();
        }
    }

    void leaveAll() {
        Map.copyOf(seats).keySet().forEach(this::leave);
    }

    private void interrupted(JoinedRoom seat, long rev, Interruption why) {
        seats.remove(seat.room, seat);
        claimed.remove(seat.room);
        seat.stay.end();
        if (why == Interruption.EXPELLED) {
            out.send(ServerFrames.left(null, seat.room));
        } else {
            out.send(ServerFrames.resync(seat.room, rev));
        }
    }
}
