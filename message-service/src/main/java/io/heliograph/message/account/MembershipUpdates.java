package io.heliograph.message.account;

import io.heliograph.message.account.AccountEventRepository.MembershipQuery;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads memberships of connected users that may have changed, and publishes the differences. One query runs at a time, so
 * that its results are applied in order. Used on the context of {@link AccountEvents}.
 */
final class MembershipUpdates {

    /** Users in one query. Most are in tens of rooms: some milliseconds. */
    private static final int AT_ONCE = 50;

    /** The memberships to read of an account: all, or those in these rooms. */
    private static final class Scope {
        private final Set<UUID> rooms = new LinkedHashSet<>();
        private boolean all;

        void merge(Scope other) {
            all |= other.all;
            rooms.addAll(other.rooms);
        }
    }

    private final AccountIndex index;
    private final AccountEventRepository repository;
    private final AccountReads reads;
    private final AccountConfig config;
    private final UnreadUpdates unread;
    private final AccountMetrics metrics;
    private final Map<FollowedAccount, Scope> waiting = new LinkedHashMap<>();
    private Map<FollowedAccount, Scope> underWay = Map.of();
    private final Set<UUID> waitingRooms = new LinkedHashSet<>();
    private boolean readingRooms;

    MembershipUpdates(
            AccountIndex index,
            AccountEventRepository repository,
            AccountReads reads,
            AccountConfig config,
            UnreadUpdates unread,
            AccountMetrics metrics) {
        this.index = index;
        this.repository = repository;
        this.reads = reads;
        this.config = config;
        this.unread = unread;
        this.metrics = metrics;
    }

    /** Reads all memberships of the account. */
    void read(FollowedAccount account) {
        waiting.computeIfAbsent(account, same -> new Scope()).all = true;
        readNext();
    }

    void read(FollowedAccount account, UUID room) {
        waiting.computeIfAbsent(account, same -> new Scope()).rooms.add(room);
        readNext();
    }

    /** Reads the description of the room, or finds that the room was deleted. */
    void readRoom(UUID room) {
        if (index.room(room) != null) {
            waitingRooms.add(room);
            readNextRooms();
        }
    }

    boolean isReading(FollowedAccount account) {
        return underWay.containsKey(account);
    }

    private void readNext() {
        if (!underWay.isEmpty()) {
            return;
        }
        waiting.keySet().removeIf(account -> !index.contains(account));
        if (waiting.isEmpty()) {
            return;
        }
        Map<FollowedAccount, Scope> batch = new LinkedHashMap<>();
        waiting.entrySet().stream().limit(AT_ONCE).forEach(each -> batch.put(each.getKey(), each.getValue()));
        waiting.keySet().removeAll(batch.keySet());
        underWay = batch;
        List<MembershipQuery> queries = new ArrayList<>();
        batch.forEach((account, scope) -> {
            if (scope.all) {
                queries.add(new MembershipQuery(account.user(), null));
            } else {
                scope.rooms.forEach(room -> queries.add(new MembershipQuery(account.user(), room)));
            }
        });
        reads.run(repository.memberships(queries, config.maxRoomsPerUser() + 1), done -> read(batch, done));
    }

    private void read(Map<FollowedAccount, Scope> batch, AsyncResult<List<AccountState>> done) {
        underWay = Map.of();
        if (done.failed()) {
            batch.forEach((account, scope) ->
                    waiting.computeIfAbsent(account, same -> new Scope()).merge(scope));
            reads.retry(this::readNext);
            return;
        }
        int next = 0;
        for (Map.Entry<FollowedAccount, Scope> each : batch.entrySet()) {
            int queries = each.getValue().all ? 1 : each.getValue().rooms.size();
            List<AccountState> answers = done.result().subList(next, next + queries);
            next += queries;
            if (index.contains(each.getKey())) {
                apply(each.getKey(), each.getValue(), merged(answers));
            }
        }
        readNext();
    }

    private static AccountState merged(List<AccountState> answers) {
        return new AccountState(
                answers.get(0).rev(),
                answers.stream().flatMap(each -> each.memberships().stream()).toList());
    }

    private void apply(FollowedAccount account, Scope scope, AccountState state) {
        if (!account.isLoaded() || state.rev() < account.rev()) {
            // The second: the database has been restored to an earlier state.
            if (scope.all) {
                load(account, state);
            } else {
                read(account);
            }
        } else if (account.isPartial() && index.memberships(account).isEmpty()) {
            advance(account, state.rev(), 0);
        } else {
            compare(account, scope, state);
        }
    }

    private void load(FollowedAccount account, AccountState state) {
        index.removeAll(account);
        List<MembershipState> newest =
                state.memberships().stream().limit(config.maxRoomsPerUser()).toList();
        boolean fits = index.memberships() + newest.size() <= config.maxMemberships();
        if (fits) {
            newest.forEach(each -> index.add(account, each));
        }
        account.rev(state.rev());
        boolean partial = !fits || newest.size() < state.memberships().size();
        if (partial) {
            metrics.partial(!fits);
        }
        account.loaded(partial);
        account.publishCurrent();
    }

    private void compare(FollowedAccount account, Scope scope, AccountState state) {
        Map<UUID, MembershipState> after = new LinkedHashMap<>();
        state.memberships().forEach(each -> after.put(each.room().id(), each));
        List<FollowedMembership> removed = removed(account, scope, after.keySet());
        List<MembershipState> added = after.values().stream()
                .filter(each ->
                        !index.memberships(account).containsKey(each.room().id()))
                .filter(each -> !scope.all || !account.isPartial())
                .toList();
        long changes = state.rev() - account.rev();
        boolean numbered = changes == removed.size() + added.size();
        if (changes > 0 && !numbered && !scope.all) {
            // Another change has been committed meanwhile.
            read(account);
            return;
        }
        long rev = account.rev();
        for (FollowedMembership each : removed) {
            index.remove(each);
            account.publish(new AccountEvent.ForAll(AccountFrames.roomRemoved(
                    numbered ? ++rev : null, each.room().id())));
        }
        for (MembershipState each : added) {
            account.publish(new AccountEvent.ForAll(AccountFrames.roomAdded(numbered ? ++rev : null, each)));
            add(account, each);
        }
        after.values()
                .forEach(each ->
                        update(index.memberships(account).get(each.room().id()), each));
        advance(account, state.rev(), numbered ? changes : 0);
    }

    /** Empty if not all rooms of the user were read, because a room that is missing may still be one of them. */
    private List<FollowedMembership> removed(FollowedAccount account, Scope scope, Set<UUID> present) {
        if (scope.all && account.isPartial()) {
            return List.of();
        }
        Map<UUID, FollowedMembership> followed = index.memberships(account);
        Collection<UUID> read = scope.all ? followed.keySet() : scope.rooms;
        return read.stream()
                .filter(room -> !present.contains(room))
                .map(followed::get)
                .filter(membership -> membership != null)
                .toList();
    }

    private void add(FollowedAccount account, MembershipState state) {
        if (index.memberships(account).size() < config.maxRoomsPerUser()
                && index.memberships() < config.maxMemberships()) {
            FollowedMembership membership = index.add(account, state);
            if (state.readSeq() < state.lastSeq()) {
                unread.publish(membership);
            }
        } else {
            if (!account.isPartial()) {
                metrics.partial(index.memberships() >= config.maxMemberships());
            }
            account.loaded(true);
        }
    }

    private void update(FollowedMembership membership, MembershipState state) {
        if (membership == null) {
            return;
        }
        if (!membership.role().equals(state.role())) {
            membership.role(state.role());
            membership
                    .account()
                    .publish(new AccountEvent.ForAll(AccountFrames.roomUpdated(state.room(), state.role())));
        }
        if (membership.readSeq() != state.readSeq()) {
            membership.mark(state.readSeq());
            unread.publish(membership);
        }
    }

    /** Sends an {@code account} frame, so that clients read their rooms, if not every change was published with its number. */
    private static void advance(FollowedAccount account, long rev, long published) {
        boolean missed = rev - account.rev() > published;
        account.rev(rev);
        if (missed) {
            account.publishCurrent();
        }
    }

    private void readNextRooms() {
        if (readingRooms || waitingRooms.isEmpty()) {
            return;
        }
        readingRooms = true;
        Set<UUID> batch = new HashSet<>();
        waitingRooms.stream().limit(AT_ONCE).forEach(batch::add);
        waitingRooms.removeAll(batch);
        reads.run(repository.rooms(batch), done -> {
            readingRooms = false;
            if (done.succeeded()) {
                batch.forEach(room -> apply(room, done.result().get(room)));
                readNextRooms();
            } else {
                waitingRooms.addAll(batch);
                reads.retry(this::readNextRooms);
            }
        });
    }

    private void apply(UUID id, RoomDescription description) {
        FollowedRoom room = index.room(id);
        if (room == null) {
            return;
        }
        List<FollowedMembership> members = List.copyOf(index.members(room));
        if (description == null) {
            AccountEvent removed = new AccountEvent.ForAll(AccountFrames.roomRemoved(null, id));
            members.forEach(member -> {
                index.remove(member);
                member.account().publish(removed);
            });
        } else if (!description.equals(room.description())) {
            room.describe(description);
            AccountEvent updated = new AccountEvent.ForAll(AccountFrames.roomUpdated(description, null));
            members.forEach(member -> member.account().publish(updated));
        }
    }
}
