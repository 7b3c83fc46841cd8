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
 * Who is online in one room, on all replicas as far as this one knows. One who attends on several replicas is one
 * person, who comes with the first attendance and goes with the last. Not thread-safe.
 */
final class Roster {

    /** As PostgreSQL orders them, unlike {@link UUID#compareTo}. */
    private static final Comparator<UUID> UNSIGNED = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /** The attendances of each person, by replica; nobody is without. */
    private final TreeMap<UUID, Map<String, PresenceEntry>> people = new TreeMap<>(UNSIGNED);

    static Roster of(Collection<PresenceEntry> attendances) {
        Roster roster = new Roster();
        attendances.forEach(roster::add);
        return roster;
    }

    /** How many people are online. */
    int online() {
        return people.size();
    }

    /** Whether this person has come by it. */
    boolean add(PresenceEntry who) {
        Map<String, PresenceEntry> attendances = people.get(who.user().id());
        if (attendances != null) {
            attendances.put(who.replica(), who);
            return false;
        }
        people.put(who.user().id(), new HashMap<>(Map.of(who.replica(), who)));
        return true;
    }

    /** Whether this person has gone by it. Of an attendance that was followed by another one nothing is left to end. */
    boolean remove(PresenceEntry who) {
        Map<String, PresenceEntry> attendances = people.get(who.user().id());
        if (attendances == null || !attendances.remove(who.replica(), who) || !attendances.isEmpty()) {
            return false;
        }
        people.remove(who.user().id());
        return true;
    }

    /** The attendances on other replicas than this one. */
    List<PresenceEntry> elsewhere(String replica) {
        return people.values().stream()
                .flatMap(attendances -> attendances.values().stream())
                .filter(who -> !who.replica().equals(replica))
                .toList();
    }

    /** At most {@code limit} people whose ids come after {@code after}, in the order of their ids. */
    List<OnlineUser> after(UUID after, int limit) {
        return people.tailMap(after, false).values().stream()
                .limit(limit)
                .map(Roster::present)
                .toList();
    }

    private static OnlineUser present(Map<String, PresenceEntry> attendances) {
        Instant since = attendances.values().stream()
                .map(PresenceEntry::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new OnlineUser(attendances.values().iterator().next().user(), since);
    }
}
