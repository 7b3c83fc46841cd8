package io.heliograph.message.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.delivery.SignalRouter;
import io.heliograph.message.message.Sender;
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
 * Who is online in which room, on all replicas. Each replica knows it of the rooms that its own people are in: it hears
 * of moves elsewhere over the bus, and compares with Redis at intervals. Without Redis it knows its own people. May be
 * called from anywhere; its state is used on its own context only.
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
    private final GracePeriod lingering;
    private final PresenceReconciler refresh;
    private final PresencePublisher announcements;

    Presence(Vertx vertx, PresenceStore store, SignalRouter signals, PresenceConfig config, PresenceMetrics metrics) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.store = store;
        this.signals = signals;
        this.config = config;
        this.metrics = metrics;
        this.lingering = new GracePeriod(vertx, context, config::linger, this::end);
        this.refresh = new PresenceReconciler(vertx, context, store, config, rooms);
        this.announcements = new PresencePublisher(context, store, signals, refresh, config.batch());
        metrics.rooms(rooms);
    }

    void start(@Observes StartupEvent event) {
        signals.on(PresencePublisher.SIGNAL, this::heard);
        context.runOnContext(ignored -> refresh.start());
    }

    /** One more socket of this user is in the room, where its replica listens already. Never fails; waits for Redis at most a bounded time. */
    public Future<PresenceHandle> enter(UUID room, Sender user) {
        Promise<PresenceHandle> entered = Promise.promise();
        context.runOnContext(ignored -> {
            RoomPresence presence = rooms.computeIfAbsent(room, id -> new RoomPresence(id, replica, this::told));
            boolean wasDeaf = presence.isDeaf();
            presence.enter(user).ifPresent(this::announce);
            if (wasDeaf) {
                presence.known(refresh.learn(presence));
            }
            presence.known().onComplete(known -> {
                PresenceHandle stay = new PresenceHandle(this, room, user, presence.roster().online());
                // What was told before must not reach the newcomer, whose number is later.
                signals.whenToldHere(room, () -> entered.complete(stay));
            });
        });
        return entered.future();
    }

    /**
     * Tells those in the room, on all replicas, what goes on there, unless it is known to be so large that they are not
     * told such things.
     */
    public void tell(UUID room, EphemeralEvent ephemeral) {
        context.runOnContext(ignored -> {
            RoomPresence presence = rooms.get(room);
            if (presence == null || presence.roster().online() <= config.maxTold()) {
                signals.tell(room, ephemeral);
            }
        });
    }

    /** How many are online in each of these rooms; completes, without Redis with what this replica knows. */
    public Future<Map<UUID, Integer>> online(List<UUID> rooms) {
        return read(rooms, Roster::online);
    }

    /** Reads from the roster of this room; completes, without Redis from what this replica knows. */
    <T> Future<T> online(UUID room, Function<Roster, T> reader) {
        return read(List.of(room), reader).map(read -> read.get(room));
    }

    /** Asks Redis, once, for the rooms of which this replica does not hear. */
    private <T> Future<Map<UUID, T>> read(List<UUID> wanted, Function<Roster, T> reader) {
        Promise<Map<UUID, T>> read = Promise.promise();
        context.runOnContext(ignored -> {
            List<UUID> unheard = refresh.isAway()
                    ? List.of()
                    : wanted.stream().filter(room -> !hears(room)).toList();
            // What the reader throws is the answer too; outside of a future nobody would hear of it.
            stored(unheard)
                    .onComplete(stored -> context.runOnContext(now -> Future.succeededFuture(stored.result())
                            .map(found -> read(wanted, found, reader))
                            .onComplete(read)));
        });
        return read.future();
    }

    private <T> Map<UUID, T> read(List<UUID> wanted, Map<UUID, List<PresenceEntry>> stored, Function<Roster, T> reader) {
        Map<UUID, T> read = new HashMap<>();
        wanted.forEach(room -> read.put(room, reader.apply(roster(room, stored))));
        return read;
    }

    private boolean hears(UUID room) {
        RoomPresence presence = rooms.get(room);
        return presence != null && !presence.isDeaf();
    }

    /** Nothing if Redis does not answer. */
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

    void leave(UUID room, UUID user) {
        context.runOnContext(ignored -> {
            long now = System.nanoTime();
            if (rooms.get(room).leave(user, now)) {
                lingering.begin(room, user, now);
            }
        });
    }

    private void end(UUID room, UUID user, long left) {
        RoomPresence presence = rooms.get(room);
        if (presence == null) {
            return;
        }
        presence.end(user, left).ifPresent(this::announce);
        if (presence.isAbandoned()) {
            rooms.remove(room);
        }
    }

    private void announce(PresenceEvent move) {
        metrics.moved(move.came());
        announcements.add(move);
    }

    private void heard(UUID room, byte[] text) {
        context.runOnContext(ignored -> {
            RoomPresence presence = rooms.get(room);
            if (presence != null) {
                PresenceEvent.parse(room, new String(text, UTF_8)).ifPresent(presence::apply);
            }
        });
    }

    /** All replicas do this for their own people, each from what it knows. */
    private void told(UUID room, Sender user, boolean came, int online) {
        if (online <= config.maxTold()) {
            signals.tellHere(room, EphemeralEvent.presence(room, user, came, online));
        }
    }
}
