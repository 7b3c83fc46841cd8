package io.heliograph.message.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.delivery.SignalRouter;
import io.heliograph.message.message.Sender;
import io.heliograph.message.overload.OverloadControl;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The users who are online in each room, on all replicas. Each replica keeps the rooms of its own users: it receives
 * the events of other replicas over the bus, and compares with Redis at intervals. Without Redis it knows only its own
 * users. Thread-safe: its state is used only on its own context.
 */
@Singleton
public final class Presence {

    private final Context context;
    private final PresenceStore store;
    private final SignalRouter signals;
    private final PresenceConfig config;
    private final PresenceMetrics metrics;
    private final String replica = UUID.randomUUID().toString();
    private final Map<UUID, RoomPresence> rooms = new ConcurrentHashMap<>();
    private final GracePeriod gracePeriod;
    private final PresenceReconciler reconciler;
    private final PresencePublisher publisher;

    Presence(
            Vertx vertx,
            PresenceStore store,
            SignalRouter signals,
            PresenceConfig config,
            PresenceMetrics metrics,
            OverloadControl overload) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.store = store;
        this.signals = signals;
        this.config = config;
        this.metrics = metrics;
        this.gracePeriod =
                new GracePeriod(vertx, context, config::linger, config::expiry, overload::isDelaying, this::end);
        this.reconciler = new PresenceReconciler(vertx, context, store, config, rooms);
        this.publisher = new PresencePublisher(context, store, signals, reconciler, config.batchSize());
        metrics.rooms(rooms);
    }

    void start(@Observes StartupEvent event) {
        signals.on(PresencePublisher.SIGNAL, this::received);
        context.runOnContext(ignored -> reconciler.start());
    }

    /**
     * Adds a socket of this user to the room, to which this replica is subscribed already. Never fails; waits for Redis
     * for a bounded time.
     */
    public Future<PresenceHandle> enter(UUID room, Sender user) {
        Promise<PresenceHandle> entered = Promise.promise();
        context.runOnContext(ignored -> {
            RoomPresence presence =
                    rooms.computeIfAbsent(room, id -> new RoomPresence(id, replica, this::publishLocally));
            boolean wasUnsubscribed = presence.isUnsubscribed();
            presence.enter(user).ifPresent(this::publish);
            if (wasUnsubscribed) {
                presence.known(reconciler.learn(presence));
            }
            presence.known().onComplete(known -> {
                PresenceHandle handle =
                        new PresenceHandle(user, presence.roster().online(), () -> leave(room, user.id()));
                // The new socket must not get events that its count of online users already includes.
                signals.afterLocalPublish(room, () -> entered.complete(handle));
            });
        });
        return entered.future();
    }

    /**
     * Publishes to the users in the room, on all replicas, unless more are online than
     * {@link PresenceConfig#maxNotified}. Completes with whether it published.
     */
    public Future<Boolean> publish(UUID room, EphemeralEvent ephemeral) {
        Promise<Boolean> published = Promise.promise();
        context.runOnContext(ignored -> {
            RoomPresence presence = rooms.get(room);
            boolean few = presence == null || presence.roster().online() <= config.maxNotified();
            if (few) {
                signals.publish(room, ephemeral);
            }
            published.complete(few);
        });
        return published.future();
    }

    /** The number of users online in each room. Without Redis it counts the users that this replica knows. */
    public Future<Map<UUID, Integer>> online(List<UUID> rooms) {
        return read(rooms, Roster::online);
    }

    /** Reads from the roster of this room. Without Redis it has the users that this replica knows. */
    <T> Future<T> online(UUID room, Function<Roster, T> reader) {
        return read(List.of(room), reader).map(read -> read.get(room));
    }

    /** Reads the rooms to which this replica is not subscribed from Redis, in one request. */
    private <T> Future<Map<UUID, T>> read(List<UUID> wanted, Function<Roster, T> reader) {
        Promise<Map<UUID, T>> read = Promise.promise();
        context.runOnContext(ignored -> {
            List<UUID> others = reconciler.isAway()
                    ? List.of()
                    : wanted.stream().filter(room -> !isSubscribed(room)).toList();
            // An exception of the reader fails the future; outside of a future it would be lost.
            stored(others)
                    .onComplete(stored -> context.runOnContext(now -> Future.succeededFuture(stored.result())
                            .map(found -> read(wanted, found, reader))
                            .onComplete(read)));
        });
        return read.future();
    }

    private <T> Map<UUID, T> read(
            List<UUID> wanted, Map<UUID, List<PresenceEntry>> stored, Function<Roster, T> reader) {
        Map<UUID, T> read = new HashMap<>();
        wanted.forEach(room -> read.put(room, reader.apply(roster(room, stored))));
        return read;
    }

    private boolean isSubscribed(UUID room) {
        RoomPresence presence = rooms.get(room);
        return presence != null && !presence.isUnsubscribed();
    }

    /** Empty if Redis does not answer. */
    private Future<Map<UUID, List<PresenceEntry>>> stored(List<UUID> rooms) {
        return rooms.isEmpty()
                ? Future.succeededFuture(Map.of())
                : store.read(rooms).otherwise(Map.of());
    }

    private Roster roster(UUID room, Map<UUID, List<PresenceEntry>> stored) {
        if (stored.containsKey(room)) {
            return Roster.of(stored.get(room));
        }
        RoomPresence presence = rooms.get(room);
        return presence == null ? new Roster() : presence.roster();
    }

    private void leave(UUID room, UUID user) {
        context.runOnContext(ignored -> {
            long now = System.nanoTime();
            if (rooms.get(room).leave(user, now)) {
                gracePeriod.begin(room, user, now);
            }
        });
    }

    private void end(UUID room, UUID user, long left) {
        RoomPresence presence = rooms.get(room);
        if (presence == null) {
            return;
        }
        presence.end(user, left).ifPresent(this::publish);
        if (presence.isUnused()) {
            rooms.remove(room);
        }
    }

    private void publish(PresenceEvent event) {
        metrics.changed(event.came());
        publisher.add(event);
    }

    private void received(UUID room, byte[] text) {
        context.runOnContext(ignored -> {
            RoomPresence presence = rooms.get(room);
            if (presence != null) {
                PresenceEvent.parse(room, new String(text, UTF_8)).ifPresent(presence::apply);
            }
        });
    }

    /** Publishes to the users of this replica; each replica does so from its own roster. */
    private void publishLocally(UUID room, Sender user, boolean came, int online) {
        if (online <= config.maxNotified()) {
            signals.publishLocally(room, EphemeralEvent.presence(room, user, came, online));
        }
    }
}
