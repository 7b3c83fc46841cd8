package io.heliograph.message.delivery;

import io.heliograph.message.message.Message;
import io.heliograph.message.message.RoomLog;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Delivers the committed changes of rooms to their subscribers, on this replica and on the others. PostgreSQL is the
 * source of truth: the bus only makes delivery fast, and the heads of all subscribed rooms are compared with PostgreSQL
 * at intervals.
 */
@Singleton
public final class LiveDelivery {

    private final Vertx vertx;
    private final DeliveryBus bus;
    private final RoomLog log;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final ChangeReader reader;
    private final List<EventLoop> homes = new ArrayList<>();
    private final Map<UUID, RoomFeed> feeds = new ConcurrentHashMap<>();
    private final List<Consumer<Set<UUID>>> followers = new CopyOnWriteArrayList<>();
    private final List<Runnable> reconnectListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean checkingHeads = new AtomicBoolean();

    LiveDelivery(Vertx vertx, DeliveryBus bus, RoomLog log, DeliveryConfig config, DeliveryMetrics metrics) {
        this.vertx = vertx;
        this.bus = bus;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loop -> homes.add((EventLoop) loop));
        this.reader = new ChangeReader(vertx, log, config, metrics);
        metrics.rooms(feeds);
    }

    void start(@Observes StartupEvent event) {
        bus.start(this::arrived, this::reconnected);
        vertx.setPeriodic(config.memberCheckInterval().toMillis(), timer -> checkMembers());
        vertx.setPeriodic(config.headCheckInterval().toMillis(), timer -> checkHeads());
    }

    /** {@code follower} gets the rooms in which this replica has committed changes; it must not block. */
    public void whenCommitted(Consumer<Set<UUID>> follower) {
        followers.add(follower);
    }

    /** {@code listener} runs whenever signals of other replicas may have been missed; it must not block. */
    public void whenReconnected(Runnable listener) {
        reconnectListeners.add(listener);
    }

    /** To be called after the commit, with messages of any rooms; those of one room in the order of their rev. */
    public void publish(List<Message> committed) {
        if (committed.isEmpty()) {
            return;
        }
        Map<UUID, List<Change>> rooms = new LinkedHashMap<>();
        for (Message message : committed) {
            rooms.computeIfAbsent(message.room(), room -> new ArrayList<>()).add(Change.sent(message));
        }
        publish(rooms);
    }

    /** Publishes one change of another kind, after its commit. */
    public void publish(UUID room, Change change) {
        publish(room, List.of(change));
    }

    /** Publishes several changes of one room, in the order of their rev, after their commit. */
    public void publish(UUID room, List<Change> changes) {
        publish(Map.of(room, changes));
    }

    private void publish(Map<UUID, List<Change>> rooms) {
        rooms.forEach(this::arrived);
        followers.forEach(follower -> follower.accept(rooms.keySet()));
        bus.publish(rooms);
    }

    /** Delivers to the subscribers of this replica; a subscriber that is behind does not get it. */
    void deliver(UUID room, EphemeralEvent ephemeral) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.deliver(ephemeral);
        }
    }

    /** Runs this after the earlier ephemeral events have been handed to the event loops of the subscribers. */
    void afterDelivery(UUID room, Runnable next) {
        RoomFeed feed = feeds.get(room);
        if (feed == null) {
            next.run();
        } else {
            feed.afterDelivery(next);
        }
    }

    /**
     * The subscribers of the room on this event loop, completed there. The caller releases each success once, by
     * {@link RoomSubscribers#leave} or by the end of its subscription. Fails if PostgreSQL does not answer.
     */
    public Future<RoomSubscribers> enter(UUID room, EventLoop loop) {
        return feeds.computeIfAbsent(room, this::feed)
                .enter(loop)
                .compose(subscribers -> subscribers == null ? enter(room, loop) : Future.succeededFuture(subscribers));
    }

    /**
     * The changes after {@code rev}, for a reader that knows the messages up to {@code known}: the first page that a
     * subscription from there would receive, at least as new as {@code head}. Fails if PostgreSQL does not respond, or
     * if too many reads wait for it.
     */
    public Future<ReplayPage> changesAfter(UUID room, long rev, long known, long head) {
        return reader.after(room, rev, known, head);
    }

    private RoomFeed feed(UUID room) {
        EventLoop home = homes.get(Math.floorMod(room.hashCode(), homes.size()));
        return new RoomFeed(room, home, bus, reader, config, metrics, this::closed);
    }

    /** The outbound queue of this connection. {@code tooSlow} has to close the connection. */
    public OutboundQueue outbound(ConnectionBase connection, Runnable tooSlow) {
        return new OutboundQueue(connection, config, () -> {
            metrics.slowConsumer(SlowConsumerAction.CLOSED);
            tooSlow.run();
        });
    }

    /**
     * Ends the subscriptions of a user who left the room, on every replica; for null those of all users, when the room
     * was removed.
     */
    public void unsubscribe(UUID room, UUID user) {
        unsubscribeLocally(room, user);
        bus.publish(room, Signal.unsubscription(user));
    }

    void unsubscribeLocally(UUID room, UUID user) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.unsubscribe(who -> user == null || who.equals(user));
        }
    }

    private void closed(RoomFeed feed) {
        feeds.remove(feed.room(), feed);
        bus.unsubscribe(feed.room());
    }

    private void arrived(UUID room, List<Change> changes) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.offer(changes);
        }
    }

    private void reconnected() {
        checkHeads();
        reconnectListeners.forEach(Runnable::run);
    }

    private void checkHeads() {
        if (checkingHeads.compareAndSet(false, true)) {
            checkHeads(List.copyOf(feeds.keySet()));
        }
    }

    /** One query after the other; when one fails, the next check begins anew. */
    private void checkHeads(List<UUID> rooms) {
        int count = Math.min(rooms.size(), config.headCheckRooms());
        if (count == 0) {
            checkingHeads.set(false);
            return;
        }
        log.heads(rooms.subList(0, count))
                .onSuccess(found -> {
                    found.forEach(this::headSeen);
                    checkHeads(rooms.subList(count, rooms.size()));
                })
                .onFailure(failure -> checkingHeads.set(false));
    }

    /** Ends subscriptions of users who are no longer members, if the bus has lost the signal. */
    void checkMembers() {
        if (!reader.isCheckingMembers()) {
            feeds.values().forEach(RoomFeed::checkMembers);
        }
    }

    private void headSeen(UUID room, long head) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.headSeen(head);
        }
    }
}
