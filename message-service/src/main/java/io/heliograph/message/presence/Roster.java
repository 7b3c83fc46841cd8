package io.heliograph.message.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The users online in one room, on all replicas as far as this one knows. A user with entries of several replicas
 * counts once, comes online with the first entry and goes offline with the last. Not thread-safe.
 */
final class Roster {

    /** The order of PostgreSQL, unlike {@link UUID#compareTo}. */
    private static final Comparator<UUID> UNSIGNED = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /** The entries of each user, by replica; never empty. */
    private final TreeMap<UUID, Map<String, PresenceEntry>> people = new TreeMap<>(UNSIGNED);

    static Roster of(Collection<PresenceEntry> entries) {
        Roster roster = new Roster();
        entries.forEach(roster::add);
        return roster;
    }

    /** The number of users online. */
    int online() {
        return people.size();
    }

    /** Returns whether the user was offline before. */
    boolean add(PresenceEntry who) {
        Map<String, PresenceEntry> entries = people.get(who.user().id());
        if (entries != null) {
            entries.put(who.replica(), who);
            return false;
        }
        people.put(who.user().id(), new HashMap<>(Map.of(who.replica(), who)));
        return true;
    }

    /** Returns whether the user is offline now. An entry that the replica has replaced by a later one is ignored. */
    boolean remove(PresenceEntry who) {
        Map<String, PresenceEntry> entries = people.get(who.user().id());
        if (entries == null || !entries.remove(who.replica(), who) || !entries.isEmpty()) {
            return false;
        }
        people.remove(who.user().id());
        return true;
    }

    /** The entries on other replicas than this one. */
    List<PresenceEntry> elsewhere(String replica) {
        return people.values().stream()
                .flatMap(entries -> entries.values().stream())
                .filter(who -> !who.replica().equals(replica))
                .toList();
    }

    /** At most {@code limit} users whose ids are above {@code after}, in the order of their ids. */
    List<OnlineUser> after(UUID after, int limit) {
        return people.tailMap(after, false).values().stream()
                .limit(limit)
                .map(Roster::present)
                .toList();
    }

    private static OnlineUser present(Map<String, PresenceEntry> entries) {
        Instant since = entries.values().stream()
                .map(PresenceEntry::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new OnlineUser(entries.values().iterator().next().user(), since);
    }
}
