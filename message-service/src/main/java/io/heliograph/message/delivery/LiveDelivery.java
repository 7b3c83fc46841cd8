package io.heliograph.message.delivery;

import io.heliograph.message.message.ChangePage;
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
import java.util.function.Consumer;

/**
 * Tells everyone who listens to a room, on this replica and on the others, what was committed in it. PostgreSQL is the
 * truth: the bus only makes it fast, and the heads of all rooms that are listened to are compared with it regularly.
 */
@Singleton
public final class LiveDelivery {

    private final Vertx vertx;
    private final DeliveryBus bus;
    private final RoomLog log;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final ChangeReader pages;
    private final List<EventLoop> homes = new ArrayList<>();
    private final Map<UUID, RoomFeed> feeds = new ConcurrentHashMap<>();
    private volatile Consumer<Set<UUID>> committed = rooms -> {};

    LiveDelivery(Vertx vertx, DeliveryBus bus, RoomLog log, DeliveryConfig config, DeliveryMetrics metrics) {
        this.vertx = vertx;
        this.bus = bus;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loop -> homes.add((EventLoop) loop));
        this.pages = new ChangeReader(vertx, this::changedAfter, config, metrics);
        metrics.rooms(feeds);
    }

    void start(@Observes StartupEvent event) {
        bus.start(this::arrived, this::checkHeads);
        vertx.setPeriodic(config.memberCheckInterval().toMillis(), timer -> checkMembers());
        vertx.setPeriodic(config.headCheckInterval().toMillis(), timer -> checkHeads());
    }

    /** {@code follower} is told of the rooms in which this replica has committed changes; it must not block. */
    public void whenCommitted(Consumer<Set<UUID>> follower) {
        committed = follower;
    }

    /** After the commit: messages of any rooms, those of one room in the order of their rev. */
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

    /** The same for one change of another kind. */
    public void publish(UUID room, Change change) {
        publish(Map.of(room, List.of(change)));
    }

    private void publish(Map<UUID, List<Change>> rooms) {
        rooms.forEach(this::arrived);
        committed.accept(rooms.keySet());
        bus.publish(rooms);
    }

    /** Tells those who listen on this replica; whoever is behind is left out. */
    void tell(UUID room, EphemeralEvent ephemeral) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.tell(ephemeral);
        }
    }

    /** Runs this after the tellings of what may be lost have been handed to the event loops of the listeners. */
    void whenTold(UUID room, Runnable next) {
        RoomFeed feed = feeds.get(room);
        if (feed == null) {
            next.run();
        } else {
            feed.whenTold(next);
        }
    }

    /**
     * The room's audience on this event loop, completed there. Each success is given back once, by
     * {@link RoomSubscribers#leave} or by the end of its subscription. Fails if PostgreSQL does not answer.
     */
    public Future<RoomSubscribers> enter(UUID room, EventLoop loop) {
        return feeds.computeIfAbsent(
                        room, key -> new RoomFeed(key, homes.get(Math.floorMod(key.hashCode(), homes.size())), this))
                .enter(loop);
    }

    /** The way out of this connection. {@code tooSlow} has to close it. */
    public OutboundQueue outbound(ConnectionBase connection, Runnable tooSlow) {
        return new OutboundQueue(connection, config, () -> {
            metrics.slowConsumer(SlowConsumerAction.CLOSED);
            tooSlow.run();
        });
    }

    /** This person is no longer in the room, or for null the room is no more: ends the subscriptions, everywhere. */
    public void expel(UUID room, UUID user) {
        expelHere(room, user);
        bus.publish(room, SignalRouter.expulsion(user));
    }

    void expelHere(UUID room, UUID user) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.expel(who -> user == null || who.equals(user));
        }
    }

    void closed(RoomFeed feed) {
        feeds.remove(feed.room(), feed);
        bus.unsubscribe(feed.room());
    }

    Future<Void> subscribe(UUID room) {
        return bus.subscribe(room);
    }

    Future<Long> head(UUID room) {
        return log.heads(List.of(room)).map(found -> found.getOrDefault(room, 0L));
    }

    /** For those who catch up. */
    ChangeReader pages() {
        return pages;
    }

    Future<ChangePage> changedAfter(UUID room, long rev) {
        return log.changedAfter(room, rev, config.pageSize(), config.pageBytes());
    }

    DeliveryConfig config() {
        return config;
    }

    DeliveryMetrics metrics() {
        return metrics;
    }

    private void arrived(UUID room, List<Change> changes) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.offer(changes);
        }
    }

    private void checkHeads() {
        List<UUID> rooms = List.copyOf(feeds.keySet());
        int chunk = config.headCheckRooms();
        for (int from = 0; from < rooms.size(); from += chunk) {
            log.heads(rooms.subList(from, Math.min(from + chunk, rooms.size())))
                    .onSuccess(found -> found.forEach(this::headSeen));
        }
    }

    /** An expulsion that the bus has lost is made good here. */
    private void checkMembers() {
        feeds.values().forEach(feed -> feed.recheck(owners -> log.membersAmong(feed.room(), owners)));
    }

    private void headSeen(UUID room, long head) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.headSeen(head);
        }
    }
}
