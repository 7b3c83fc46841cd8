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
 * Notifies all replicas, this one among them, of what may concern connected users, after it is committed. A signal says
 * what to look at, and may be lost: all replicas compare with PostgreSQL at intervals. Thread-safe.
 */
@Singleton
public final class AccountSignals {

    /** How often the rooms in which this replica has committed are collected. */
    private static final long TICK_MILLIS = 100;

    /** Rooms or users in one signal: some 40 KB. */
    private static final int AT_ONCE = 1_000;

    private static final String MEMBERS = "accountmembers";
    private static final String ROOM = "accountroom";
    private static final String MARK = "accountmark";
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
        router.on(MARK, (none, body) -> mark(body));
        delivery.whenCommitted(committed::addAll);
        delivery.whenReconnected(this::reconnected);
        vertx.setPeriodic(TICK_MILLIS, timer -> publishActive());
    }

    /** These users came into the room, left it, or have another role in it. */
    public void members(UUID room, Collection<UUID> users) {
        List<UUID> all = List.copyOf(users);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<UUID> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            events.members(room, some);
            send(MEMBERS, Stream.concat(Stream.of(room), some.stream()).toList());
        }
    }

    /** The room is described otherwise, or was deleted. */
    public void room(UUID room) {
        events.room(room);
        send(ROOM, List.of(room));
    }

    /** The read mark of this user has moved; {@code frame} says so. */
    public void mark(UUID room, UUID user, long seq, byte[] frame) {
        events.mark(room, user, seq, frame);
        String text = room + " " + user + " " + seq + " " + new String(frame, UTF_8);
        router.sendToAll(new Signal(MARK, text.getBytes(UTF_8)));
    }

    private void mark(byte[] body) {
        String[] parts = new String(body, UTF_8).split(" ", 4);
        events.mark(
                UUID.fromString(parts[0]),
                UUID.fromString(parts[1]),
                Long.parseLong(parts[2]),
                parts[3].getBytes(UTF_8));
    }

    /** What others have signalled meanwhile has not arrived, nor has what this replica has signalled. */
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
