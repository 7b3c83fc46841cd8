package io.heliograph.message.account;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The users who are connected to this replica, and the rooms that they are members of. Not thread-safe. */
final class AccountIndex {

    private final Map<UUID, FollowedAccount> accounts = new HashMap<>();
    private final Map<UUID, FollowedRoom> rooms = new HashMap<>();
    private final Map<FollowedAccount, Map<UUID, FollowedMembership>> byAccount = new HashMap<>();
    private final Map<FollowedRoom, Set<FollowedMembership>> byRoom = new HashMap<>();
    /** Also read by the metrics, from other threads. */
    private final AtomicInteger memberships = new AtomicInteger();

    /** Null if the user is not connected. */
    FollowedAccount account(UUID user) {
        return accounts.get(user);
    }

    FollowedAccount accountOrNew(UUID user) {
        return accounts.computeIfAbsent(user, FollowedAccount::new);
    }

    /** Null if none of its members is connected. */
    FollowedRoom room(UUID room) {
        return rooms.get(room);
    }

    boolean contains(FollowedAccount account) {
        return accounts.get(account.user()) == account;
    }

    boolean contains(FollowedMembership membership) {
        return contains(membership.account())
                && memberships(membership.account()).get(membership.room().id()) == membership;
    }

    Collection<FollowedAccount> accounts() {
        return accounts.values();
    }

    Collection<FollowedRoom> rooms() {
        return rooms.values();
    }

    int memberships() {
        return memberships.get();
    }

    /** The memberships of the user that this replica keeps, by room. */
    Map<UUID, FollowedMembership> memberships(FollowedAccount account) {
        return Collections.unmodifiableMap(byAccount.getOrDefault(account, Map.of()));
    }

    /** The connected members of the room. */
    Collection<FollowedMembership> members(FollowedRoom room) {
        return Collections.unmodifiableCollection(byRoom.getOrDefault(room, Set.of()));
    }

    FollowedMembership add(FollowedAccount account, MembershipState state) {
        FollowedRoom room = rooms.computeIfAbsent(state.room().id(), id -> new FollowedRoom(state));
        FollowedMembership membership = new FollowedMembership(account, room, state);
        byRoom.computeIfAbsent(room, same -> new LinkedHashSet<>()).add(membership);
        byAccount.computeIfAbsent(account, same -> new HashMap<>()).put(room.id(), membership);
        memberships.incrementAndGet();
        return membership;
    }

    void remove(FollowedMembership membership) {
        FollowedRoom room = membership.room();
        Set<FollowedMembership> members = byRoom.get(room);
        members.remove(membership);
        if (members.isEmpty()) {
            byRoom.remove(room);
            rooms.remove(room.id());
        }
        byAccount.get(membership.account()).remove(room.id());
        memberships.decrementAndGet();
    }

    void removeAll(FollowedAccount account) {
        List.copyOf(memberships(account).values()).forEach(this::remove);
        byAccount.remove(account);
    }

    void remove(FollowedAccount account) {
        removeAll(account);
        accounts.remove(account.user());
    }

    /** The accounts with a member in one of these rooms. */
    List<FollowedAccount> accountsIn(Collection<UUID> ids) {
        return ids.stream()
                .map(rooms::get)
                .filter(room -> room != null)
                .flatMap(room -> members(room).stream())
                .map(FollowedMembership::account)
                .distinct()
                .toList();
    }
}
