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

/** The presence in one room, while a user of this replica is in it or in the grace period. Not thread-safe. */
final class RoomPresence {

    /** Called when a user came to the room or left it, on any replica; {@code online} is the number of users now. */
    interface Listener {
        void changed(UUID room, Sender user, boolean came, int online);
    }

    /** A user of this replica; without a socket since {@code left} while in the grace period. */
    private static final class LocalUser {
        private final PresenceEntry entry;
        private int sockets;
        private long left;

        LocalUser(PresenceEntry entry) {
            this.entry = entry;
        }
    }

    private final UUID id;
    private final String replica;
    private final Listener listener;
    private final Roster roster = new Roster();
    private final Map<UUID, LocalUser> localUsers = new HashMap<>();
    private final List<PresenceEvent> eventsWhileReading = new ArrayList<>();
    private int reads;
    private int sockets;
    private Future<Void> known = Future.succeededFuture();

    RoomPresence(UUID id, String replica, Listener listener) {
        this.id = id;
        this.replica = replica;
        this.listener = listener;
    }

    UUID id() {
        return id;
    }

    Roster roster() {
        return roster;
    }

    /** Whether no socket of this replica is in the room; then it does not receive the events of other replicas. */
    boolean isUnsubscribed() {
        return sockets == 0;
    }

    /** Whether no user of this replica is in the room or in the grace period. */
    boolean isUnused() {
        return localUsers.isEmpty();
    }

    /** Completes when the users on other replicas are known as far as possible; never fails. */
    Future<Void> known() {
        return known;
    }

    void known(Future<Void> known) {
        this.known = known;
    }

    /** Adds a socket of this user; returns an event if it is the first. */
    Optional<PresenceEvent> enter(Sender user) {
        sockets++;
        LocalUser localUser = localUsers.get(user.id());
        boolean first = localUser == null;
        if (first) {
            localUser =
                    new LocalUser(new PresenceEntry(replica, user, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            localUsers.put(user.id(), localUser);
        }
        localUser.sockets++;
        return first ? Optional.of(changed(localUser, true)) : Optional.empty();
    }

    /** Removes a socket; returns whether it was the last of this user, whose grace period begins. */
    boolean leave(UUID user, long now) {
        sockets--;
        LocalUser localUser = localUsers.get(user);
        localUser.left = now;
        return --localUser.sockets == 0;
    }

    /** Ends the grace period that began at {@code left}; returns an event unless the user has come back since. */
    Optional<PresenceEvent> end(UUID user, long left) {
        LocalUser localUser = localUsers.get(user);
        if (localUser == null || localUser.sockets > 0 || localUser.left != left) {
            return Optional.empty();
        }
        localUsers.remove(user);
        return Optional.of(changed(localUser, false));
    }

    List<PresenceEntry> localEntries() {
        return localUsers.values().stream().map(localUser -> localUser.entry).toList();
    }

    void apply(PresenceEvent event) {
        if (reads > 0) {
            eventsWhileReading.add(event);
        }
        PresenceEntry who = event.who();
        boolean changed = event.came() ? roster.add(who) : roster.remove(who);
        // Before that no socket is joined; the reply to a join carries the number.
        if (changed && known.isComplete()) {
            listener.changed(id, who.user(), event.came(), roster.online());
        }
    }

    /** To be called before the entries in the store are requested; {@link #learn} or {@link #fail} follows. */
    void read() {
        reads++;
    }

    void fail() {
        if (--reads == 0) {
            eventsWhileReading.clear();
        }
    }

    /** Replaces the entries of other replicas by those of the store. Events received since the read may be newer. */
    void learn(Collection<PresenceEntry> stored) {
        List<PresenceEvent> newer = List.copyOf(eventsWhileReading);
        fail();
        Set<PresenceEntry> others = new HashSet<>(stored);
        others.removeIf(who -> who.replica().equals(replica));
        newer.forEach(event -> {
            if (event.came()) {
                others.add(event.who());
            } else {
                others.remove(event.who());
            }
        });
        replaceOthers(others);
    }

    /** Removes the entries of other replicas. */
    void forgetOthers() {
        replaceOthers(Set.of());
    }

    /** Adds before it removes, so that no event is published for a user who moved to another replica. */
    private void replaceOthers(Set<PresenceEntry> others) {
        List<PresenceEntry> before = roster.elsewhere(replica);
        others.forEach(who -> apply(new PresenceEvent(id, who, true)));
        before.stream().filter(who -> !others.contains(who)).forEach(who -> apply(new PresenceEvent(id, who, false)));
    }

    private PresenceEvent changed(LocalUser localUser, boolean came) {
        PresenceEvent event = new PresenceEvent(id, localUser.entry, came);
        apply(event);
        return event;
    }
}
