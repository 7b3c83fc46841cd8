package io.heliograph.message.presence;

import io.heliograph.message.message.Sender;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One room, for as long as somebody on this replica is in it or left it only just now. Not thread-safe. */
final class RoomPresence {

    /** Is told when a person came to the room or went, wherever; {@code online} is how many there are now. */
    interface Teller {
        void tell(UUID room, Sender user, boolean came, int online);
    }

    /** A person on this replica, lingering without a socket since {@code left}. */
    private static final class Guest {
        private final PresenceEntry attendance;
        private int sockets;
        private long left;

        Guest(PresenceEntry attendance) {
            this.attendance = attendance;
        }
    }

    private final UUID id;
    private final String replica;
    private final Teller teller;
    private final Roster roster = new Roster();
    private final Map<UUID, Guest> guests = new HashMap<>();
    private final List<PresenceEvent> movesWhileReading = new ArrayList<>();
    private int reads;
    private int sockets;
    private Future<Void> known = Future.succeededFuture();

    RoomPresence(UUID id, String replica, Teller teller) {
        this.id = id;
        this.replica = replica;
        this.teller = teller;
    }

    UUID id() {
        return id;
    }

    Roster roster() {
        return roster;
    }

    /** Whether nobody on this replica is connected to the room; then it does not hear what goes on elsewhere. */
    boolean isDeaf() {
        return sockets == 0;
    }

    /** Whether there is no reason to keep it. */
    boolean isAbandoned() {
        return guests.isEmpty();
    }

    /** Completes, never fails, when those on other replicas are known as well as they can be. */
    Future<Void> known() {
        return known;
    }

    void known(Future<Void> known) {
        this.known = known;
    }

    /** One more socket of this user; the move if it is the first. */
    Optional<PresenceEvent> enter(Sender user) {
        sockets++;
        Guest guest = guests.get(user.id());
        boolean first = guest == null;
        if (first) {
            guest = new Guest(new PresenceEntry(replica, user, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            guests.put(user.id(), guest);
        }
        guest.sockets++;
        return first ? Optional.of(moved(guest, true)) : Optional.empty();
    }

    /** One socket less; whether it was the last of this user, who lingers from now on. */
    boolean leave(UUID user, long now) {
        sockets--;
        Guest guest = guests.get(user);
        guest.left = now;
        return --guest.sockets == 0;
    }

    /** Ends the lingering that began at {@code left}; the move, unless the user has come back since. */
    Optional<PresenceEvent> end(UUID user, long left) {
        Guest guest = guests.get(user);
        if (guest == null || guest.sockets > 0 || guest.left != left) {
            return Optional.empty();
        }
        guests.remove(user);
        return Optional.of(moved(guest, false));
    }

    List<PresenceEntry> guests() {
        return guests.values().stream().map(guest -> guest.attendance).toList();
    }

    void apply(PresenceEvent move) {
        if (reads > 0) {
            movesWhileReading.add(move);
        }
        PresenceEntry who = move.who();
        boolean changed = move.came() ? roster.add(who) : roster.remove(who);
        // Before that nobody listens here; those who come get the number with the answer to their join.
        if (changed && known.isComplete()) {
            teller.tell(id, who.user(), move.came(), roster.online());
        }
    }

    /** To be called before what the store holds is asked for; {@link #learn} or {@link #fail} follows. */
    void read() {
        reads++;
    }

    void fail() {
        if (--reads == 0) {
            movesWhileReading.clear();
        }
    }

    /** Takes over what the store holds of others. What we heard since it was asked may be newer. */
    void learn(Collection<PresenceEntry> stored) {
        List<PresenceEvent> newer = List.copyOf(movesWhileReading);
        fail();
        Set<PresenceEntry> others = new HashSet<>(stored);
        others.removeIf(who -> who.replica().equals(replica));
        newer.forEach(move -> {
            if (move.came()) {
                others.add(move.who());
            } else {
                others.remove(move.who());
            }
        });
        replaceOthers(others);
    }

    /** Nothing can be known of others any more. */
    void forgetOthers() {
        replaceOthers(Set.of());
    }

    /** Those who come first, so that nobody who only changed the replica goes. */
    private void replaceOthers(Set<PresenceEntry> others) {
        List<PresenceEntry> before = roster.elsewhere(replica);
        others.forEach(who -> apply(new PresenceEvent(id, who, true)));
        before.stream().filter(who -> !others.contains(who)).forEach(who -> apply(new PresenceEvent(id, who, false)));
    }

    private PresenceEvent moved(Guest guest, boolean came) {
        PresenceEvent move = new PresenceEvent(id, guest.attendance, came);
        apply(move);
        return move;
    }
}
