package io.heliograph.message.websocket;

import io.heliograph.message.delivery.Outbound;
import io.heliograph.message.delivery.Subscription;
import io.heliograph.message.delivery.Subscription.Interruption;
import io.heliograph.message.delivery.Subscription.Position;
import io.heliograph.message.presence.Stay;
import io.heliograph.message.room.Room;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The rooms one socket is in or on its way into. Used on the event loop of the socket only. */
final class Seats {

    /** A seat is taken when the room is asked for; it has a subscription once the room has been joined. */
    static final class Seat {
        private final UUID room;
        private Subscription subscription;
        private Stay stay;
        private long typed;

        private Seat(UUID room) {
            this.room = room;
        }

        private boolean isTaken() {
            return subscription != null;
        }
    }

    /** Once a second is all that a reader can see; in nanoseconds. */
    private static final long TYPING_INTERVAL = 1_000_000_000;

    private final Outbound out;
    private final Map<UUID, Seat> seats = new HashMap<>();
    /** The rooms there are seats in once all that was asked for is done. */
    private final Set<UUID> claimed = new HashSet<>();

    Seats(Outbound out) {
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
    Seat reserve(UUID room) {
        vacate(room);
        Seat seat = new Seat(room);
        seats.put(room, seat);
        return seat;
    }

    /** Whether the seat was neither left nor replaced in the meantime. */
    boolean holds(Seat seat) {
        return seats.get(seat.room) == seat;
    }

    /** Answers the join and begins to deliver what came after {@code after}. */
    void take(Seat seat, Entrance entrance, String id, long after) {
        Room room = entrance.view().room();
        seat.stay = entrance.stay();
        seat.typed = System.nanoTime() - TYPING_INTERVAL;
        out.send(Answers.joined(id, room.id(), room.lastSeq(), room.rev(), seat.stay.online()));
        seat.subscription = entrance.audience()
                .subscribe(
                        out,
                        seat.stay.user().id(),
                        new Position(after, after == room.rev()),
                        (ended, why) -> interrupted(seat, ended.rev(), why));
    }

    /** Whether to tell that somebody types in this room, in which there is a seat: once it is taken, now and then. */
    boolean mayType(UUID room) {
        Seat seat = seats.get(room);
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
        Seat seat = seats.remove(room);
        if (seat != null && seat.isTaken()) {
            seat.subscription.leave();
            seat.stay.end();
        }
    }

    void leaveAll() {
        Map.copyOf(seats).keySet().forEach(this::leave);
    }

    private void interrupted(Seat seat, long rev, Interruption why) {
        seats.remove(seat.room, seat);
        claimed.remove(seat.room);
        seat.stay.end();
        if (why == Interruption.EXPELLED) {
            out.send(Answers.left(null, seat.room));
        } else {
            out.send(Answers.resync(seat.room, rev));
        }
    }
}
