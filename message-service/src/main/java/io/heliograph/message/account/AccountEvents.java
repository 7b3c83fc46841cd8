package io.heliograph.message.account;

import io.heliograph.message.account.AccountEventRepository.Head;
import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.message.Sender;
import io.heliograph.message.profile.UserProfiles;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Publishes events of rooms to each connected member, whether or not the connection has joined the room: added and
 * removed rooms, changed descriptions, and unread counts. This replica keeps the memberships of the users who are
 * connected to it. Signals name the memberships to read again; a comparison with PostgreSQL at intervals finds changes
 * whose signals were lost. Thread-safe: its state is used only on its own context.
 */
@Singleton
public final class AccountEvents {

    private static final long TICK_MILLIS = 100;

    /** The time in which Redis confirms the subscription of a new connection. */
    private static final long SUBSCRIPTION_MILLIS = 200;

    /** Rooms or users in one query of the comparison, which takes the database some milliseconds. */
    private static final int AT_ONCE = 1_000;

    /** Changed profiles that may wait to be published; further ones are not published. */
    private static final int MAX_PROFILES = 1_000;

    /** Rooms of one user in which a changed profile is published, the newest first. */
    private static final int MAX_PROFILE_ROOMS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final AccountEventRepository repository;
    private final AccountConfig config;
    private final UserProfiles profiles;
    private final AccountReads reads;
    private final AccountMetrics metrics;
    private final AccountIndex index = new AccountIndex();
    private final UnreadUpdates unread;
    private final MembershipUpdates memberships;
    private int profilesUnderWay;
    private boolean comparing;

    AccountEvents(
            Vertx vertx,
            AccountEventRepository repository,
            AccountConfig config,
            AccountMetrics metrics,
            UserProfiles profiles) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.repository = repository;
        this.config = config;
        this.profiles = profiles;
        this.metrics = metrics;
        this.reads = new AccountReads(vertx, context, metrics);
        this.unread = new UnreadUpdates(index, repository, reads, config);
        this.memberships = new MembershipUpdates(index, repository, reads, config, unread, metrics);
        metrics.index(index);
    }

    void start(@Observes StartupEvent event) {
        profiles.whenChanged(changed -> run(() -> profilesChanged(changed)));
        // Timers of the context itself: those of another event loop fail while this one has already ended.
        run(() -> {
            vertx.setPeriodic(TICK_MILLIS, timer -> unread.tick(System.nanoTime()));
            vertx.setPeriodic(config.checkInterval().toMillis(), timer -> compare());
        });
    }

    /** Sends events to this connection of the user, beginning with an {@code account} frame, until {@link #disconnect}. */
    public void connect(UUID user, AccountSocket socket) {
        run(() -> {
            FollowedAccount account = index.accountOrNew(user);
            account.sockets().add(socket);
            if (account.isLoaded()) {
                socket.send(account.current());
            } else if (account.sockets().size() == 1) {
                memberships.read(account);
            }
        });
    }

    public void disconnect(UUID user, AccountSocket socket) {
        run(() -> {
            FollowedAccount account = index.account(user);
            if (account != null
                    && account.sockets().remove(socket)
                    && account.sockets().isEmpty()) {
                index.remove(account);
            }
        });
    }

    /** Sends an {@code account} frame to a connection that has missed events, so that its client reads the rooms again. */
    public void restart(UUID user, AccountSocket socket) {
        run(() -> {
            FollowedAccount account = index.account(user);
            if (account != null && account.isLoaded()) {
                socket.send(account.current());
            }
        });
    }

    /** Counts an event that was written to a connection, or dropped because its queue is full. */
    public void count(boolean sent) {
        metrics.event(sent);
    }

    /** The number of the latest change of a membership of this user. */
    public Future<Long> rev(UUID user) {
        return repository.rev(user);
    }

    /** These users joined or left the room, or their role in it has changed. */
    void members(UUID room, List<UUID> users) {
        run(() -> users.forEach(user -> withAccount(user, account -> memberships.read(account, room))));
    }

    /** The description of the room has changed, or the room was deleted. */
    void room(UUID room) {
        run(() -> memberships.readRoom(room));
    }

    /** The read mark of a user has moved. */
    void mark(UUID room, OwnMark mark) {
        run(() -> withAccount(mark.user(), account -> {
            FollowedMembership membership = index.memberships(account).get(room);
            if (membership != null) {
                account.publish(
                        mark.inRoom()
                                ? new AccountEvent.ForNotJoined(room, mark.frame())
                                : new AccountEvent.ForAll(mark.frame()));
                membership.mark(mark.seq());
                unread.publish(membership);
            }
            if (memberships.isReading(account)) {
                // The result of the query in progress may be older than the mark.
                memberships.read(account, room);
            }
        }));
    }

    /** Messages of these rooms may have changed. */
    void active(List<UUID> rooms) {
        run(() -> rooms.forEach(unread::active));
    }

    /** Signals may have been lost. */
    void reread() {
        vertx.setTimer(
                SUBSCRIPTION_MILLIS,
                timer -> run(() -> {
                    List.copyOf(index.accounts()).forEach(memberships::read);
                    compare();
                }));
    }

    private void withAccount(UUID user, Consumer<FollowedAccount> action) {
        FollowedAccount account = index.account(user);
        if (account != null) {
            action.accept(account);
        }
    }

    private void run(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    /** Finds changes whose signals were lost. */
    private void compare() {
        if (comparing) {
            return;
        }
        comparing = true;
        List<UUID> users = index.accounts().stream()
                .filter(FollowedAccount::isLoaded)
                .map(FollowedAccount::user)
                .toList();
        List<UUID> rooms = index.rooms().stream().map(FollowedRoom::id).toList();
        Future<Void> compared = Future.succeededFuture();
        for (List<UUID> some : chunks(users)) {
            compared = compared.compose(done -> then(repository.revs(some), this::compareRevs));
        }
        for (List<UUID> some : chunks(rooms)) {
            compared = compared.compose(done ->
                    then(repository.heads(some), heads -> some.forEach(room -> compare(room, heads.get(room)))));
        }
        reads.run(compared, done -> comparing = false);
    }

    private void compareRevs(Map<UUID, Long> revs) {
        revs.forEach((user, rev) -> withAccount(user, account -> {
            if (account.isLoaded() && account.rev() != rev) {
                memberships.read(account);
            }
        }));
    }

    private void compare(UUID id, Head head) {
        FollowedRoom room = index.room(id);
        if (room == null) {
            return;
        }
        if (head == null || head.version() != room.description().version()) {
            memberships.readRoom(id);
        }
        if (head != null && head.rev() > room.rev()) {
            unread.active(id);
        }
    }

    private <T> Future<Void> then(Future<T> query, Consumer<T> next) {
        return query.onSuccess(found -> run(() -> next.accept(found))).mapEmpty();
    }

    private static List<List<UUID>> chunks(List<UUID> ids) {
        List<List<UUID>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            chunks.add(ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
        }
        return chunks;
    }

    /** Publishes changed profiles to connections that have joined a room of the user, and to those of the user. */
    private void profilesChanged(List<Sender> changed) {
        if (index.accounts().isEmpty() || profilesUnderWay + changed.size() > MAX_PROFILES) {
            return;
        }
        Map<UUID, Sender> byId = new HashMap<>();
        changed.forEach(each -> byId.put(each.id(), each));
        profilesUnderWay += changed.size();
        reads.run(repository.roomsOf(byId.keySet(), MAX_PROFILE_ROOMS), done -> {
            profilesUnderWay -= changed.size();
            if (done.succeeded()) {
                byId.forEach((id, user) -> publish(user, done.result().getOrDefault(id, Set.of())));
            }
        });
    }

    private void publish(Sender changed, Set<UUID> rooms) {
        byte[] frame = EphemeralEvent.profile(changed).frame();
        withAccount(changed.id(), account -> account.publish(new AccountEvent.ForAll(frame)));
        AccountEvent event = new AccountEvent.ForJoined(rooms, frame);
        index.accountsIn(rooms).stream()
                .filter(account -> !account.user().equals(changed.id()))
                .forEach(account -> account.publish(event));
    }
}
