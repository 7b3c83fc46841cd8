package io.heliograph.message.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.delivery.Signal;
import io.heliograph.message.delivery.SignalRouter;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notifies all replicas, including this one, of committed changes that may concern connected users. A signal names what
 * to read again. Signals may be lost, so all replicas also compare with PostgreSQL at intervals. Thread-safe.
 */
@Singleton
public final class AccountSignals {

    /** The interval at which signals of rooms with new commits of this replica are sent. */
    private static final long TICK_MILLIS = 100;

    /** Rooms or users in one signal: some 40 KB. */
    private static final int AT_ONCE = 1_000;

    private static final String MEMBERS = "accountmembers";
    private static final String ROOM = "accountroom";
    private static final String MARK = "accountmark";
    /** The kind of a read mark whose frame is not published to the room. */
    private static final String MARK_ALONE = "accountmarkalone";

    private static final String ACTIVE = "accountactive";
    private static final String REREAD = "accountreread";

    private final Vertx vertx;
    private final SignalRouter router;
    private final LiveDelivery delivery;
    private final AccountEvents events;
    private final Throttle<UUID> throttle;
    private final Set<UUID> committed = ConcurrentHashMap.newKeySet();

    AccountSignals(
            Vertx vertx, SignalRouter router, LiveDelivery delivery, AccountEvents events, AccountConfig config) {
        this.vertx = vertx;
        this.router = router;
        this.delivery = delivery;
        this.events = events;
        this.throttle = new Throttle<>(config.unreadInterval().toNanos());
    }

    void start(@Observes StartupEvent event) {
        router.on(MEMBERS, (none, body) -> {
            List<UUID> ids = ids(body);
            events.members(ids.get(0), ids.subList(1, ids.size()));
        });
        router.on(ROOM, (none, body) -> ids(body).forEach(events::room));
        router.on(ACTIVE, (none, body) -> events.active(ids(body)));
        router.on(REREAD, (none, body) -> events.reread());
        router.on(MARK, (none, body) -> mark(body, true));
        router.on(MARK_ALONE, (none, body) -> mark(body, false));
        delivery.whenCommitted(committed::addAll);
        delivery.whenReconnected(this::reconnected);
        vertx.setPeriodic(TICK_MILLIS, timer -> publishActive());
    }

    /** These users joined or left the room, or their role in it has changed. */
    public void members(UUID room, Collection<UUID> users) {
        List<UUID> all = List.copyOf(users);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<UUID> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            events.members(room, some);
            send(MEMBERS, Stream.concat(Stream.of(room), some.stream()).toList());
        }
    }

    /** The description of the room has changed, or the room was deleted. */
    public void room(UUID room) {
        events.room(room);
        send(ROOM, List.of(room));
    }

    /** The read mark of a user has moved. */
    public void mark(UUID room, OwnMark mark) {
        events.mark(room, mark);
        String text = room + " " + mark.user() + " " + mark.seq() + " " + new String(mark.frame(), UTF_8);
        router.sendToAll(new Signal(mark.inRoom() ? MARK : MARK_ALONE, text.getBytes(UTF_8)));
    }

    private void mark(byte[] body, boolean inRoom) {
        String[] parts = new String(body, UTF_8).split(" ", 4);
        events.mark(
                UUID.fromString(parts[0]),
                new OwnMark(UUID.fromString(parts[1]), Long.parseLong(parts[2]), inRoom, parts[3].getBytes(UTF_8)));
    }

    /** Signals in both directions were lost while Redis was disconnected. */
    private void reconnected() {
        events.reread();
        router.sendToAll(new Signal(REREAD, "-".getBytes(UTF_8)));
    }

    private void publishActive() {
        committed.removeIf(room -> {
            throttle.add(room);
            return true;
        });
        List<UUID> due = throttle.due(System.nanoTime());
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            List<UUID> some = due.subList(from, Math.min(from + AT_ONCE, due.size()));
            events.active(some);
            send(ACTIVE, some);
        }
    }

    private void send(String kind, List<UUID> ids) {
        String text = ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
        router.sendToAll(new Signal(kind, text.getBytes(UTF_8)));
    }

    private static List<UUID> ids(byte[] body) {
        return Stream.of(new String(body, UTF_8).split(" ", -1))
                .map(UUID::fromString)
                .toList();
    }
}
