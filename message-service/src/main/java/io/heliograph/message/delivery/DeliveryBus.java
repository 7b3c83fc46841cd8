package io.heliograph.message.delivery;

import io.heliograph.redis.RedisConnectionHolder;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Carries changes and signals between replicas over Redis, with a channel per room. It may lose, delay and repeat them:
 * lost changes are found by comparing the heads of rooms with PostgreSQL. Subscriptions are repeated after each loss of
 * the connection. Its state is used on its own context only.
 */
@Singleton
class DeliveryBus {

    private static final Logger LOG = Logger.getLogger(DeliveryBus.class);
    private static final String ROOM_CHANNEL = "heliograph:room:";
    /** The channel of all replicas, independent of the rooms of their subscribers. */
    private static final String SERVICE_CHANNEL = "heliograph:service";

    private static final String PULSE_CHANNEL = "heliograph:pulse:";

    private final Vertx vertx;
    private final Redis redis;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final Context context;
    private final RedisConnectionHolder subscription;
    private final String replica = UUID.randomUUID().toString();
    private final ChangeCodec codec = new ChangeCodec(replica);

    private BiConsumer<UUID, List<Change>> arrived;
    private volatile BiConsumer<UUID, Signal> signalled = (room, signal) -> {};
    private Runnable reconnected;
    private boolean stopped;
    /** Whether this outage is in the log already; further attempts are not logged. */
    private boolean outageLogged;

    private int missedPulses;
    /** Every channel that is wanted, with the promise of its confirmation. */
    private final Map<String, Promise<Void>> channels = new HashMap<>();

    private final List<String> toSubscribe = new ArrayList<>();
    private final List<Request> toPublish = new ArrayList<>();

    DeliveryBus(Vertx vertx, Redis redis, DeliveryConfig config, DeliveryMetrics metrics) {
        this.vertx = vertx;
        this.redis = redis;
        this.config = config;
        this.metrics = metrics;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.subscription = new RedisConnectionHolder(context, redis, new Subscriber());
    }

    /** {@code arrived} gets the changes of other replicas; {@code reconnected} runs when some may have been missed. */
    void start(BiConsumer<UUID, List<Change>> arrived, Runnable reconnected) {
        this.arrived = arrived;
        this.reconnected = reconnected;
        context.runOnContext(ignored -> {
            channels.put(PULSE_CHANNEL + replica, Promise.promise());
            channels.put(SERVICE_CHANNEL, Promise.promise());
            connect();
            vertx.setPeriodic(config.pulseInterval().toMillis(), timer -> pulse());
        });
    }

    /** {@code signalled} gets the signals of other replicas; without a room those for the whole service. */
    void onSignal(BiConsumer<UUID, Signal> signalled) {
        this.signalled = signalled;
    }

    void stop(@Observes ShutdownEvent event) {
        context.runOnContext(ignored -> {
            stopped = true;
            subscription.close();
        });
    }

    /** Completes when Redis has confirmed the subscription, or after the timeout; never fails. */
    Future<Void> subscribe(UUID room) {
        Promise<Void> confirmed = Promise.promise();
        context.runOnContext(ignored -> {
            channels.put(ROOM_CHANNEL + room, confirmed);
            if (isConnected()) {
                subscribeSoon(ROOM_CHANNEL + room);
            }
        });
        return confirmed
                .future()
                .timeout(config.subscribeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    void unsubscribe(UUID room) {
        context.runOnContext(ignored -> {
            channels.remove(ROOM_CHANNEL + room);
            if (isConnected()) {
                subscription.current().send(Request.cmd(Command.UNSUBSCRIBE).arg(ROOM_CHANNEL + room));
            }
        });
    }

    /** One round trip for all rooms of a commit. */
    void publish(Map<UUID, List<Change>> rooms) {
        List<Request> publishes = new ArrayList<>(rooms.size());
        rooms.forEach((room, changes) -> publishes.add(
                Request.cmd(Command.PUBLISH).arg(ROOM_CHANNEL + room).arg(codec.encode(changes))));
        publish(publishes);
    }

    /**
     * The signals of one turn of the event loop are published together; while Redis is unavailable they are dropped.
     */
    void publish(UUID room, Signal signal) {
        publish(ROOM_CHANNEL + room, signal);
    }

    /** Publishes a signal without a room to all other replicas, as {@link #publish(UUID, Signal)} does. */
    void publish(Signal signal) {
        publish(SERVICE_CHANNEL, signal);
    }

    private void publish(String channel, Signal signal) {
        context.runOnContext(ignored -> {
            if (!isConnected()) {
                return;
            }
            if (toPublish.isEmpty()) {
                context.runOnContext(now -> publishSignals());
            }
            toPublish.add(Request.cmd(Command.PUBLISH).arg(channel).arg(codec.encode(signal)));
        });
    }

    private void publishSignals() {
        publish(List.copyOf(toPublish));
        toPublish.clear();
    }

    private void publish(List<Request> publishes) {
        redis.batch(publishes).onFailure(failure -> metrics.publishFailed(publishes.size()));
    }

    private void connect() {
        subscription.get().onFailure(failure -> reconnectLater("Redis is away: " + failure.getMessage()));
    }

    private boolean isConnected() {
        return subscription.current() != null;
    }

    private final class Subscriber implements RedisConnectionHolder.Listener {

        @Override
        public void opened(RedisConnection connection) {
            missedPulses = 0;
            outageLogged = false;
            metrics.busConnected();
            LOG.info("Connected to Redis; live delivery between replicas is immediate");
            channels.keySet().forEach(DeliveryBus.this::subscribeSoon);
            reconnected.run();
        }

        @Override
        public void lost() {
            metrics.busLost();
            reconnectLater("The Redis connection was lost");
        }

        @Override
        public void received(Response message) {
            receive(message);
        }
    }

    private void reconnectLater(String why) {
        if (stopped) {
            return;
        }
        LOG.logf(
                outageLogged ? Level.DEBUG : Level.WARN,
                "%s; live delivery between replicas now takes up to a head check",
                why);
        outageLogged = true;
        vertx.setTimer(config.reconnectDelay().toMillis(), timer -> connect());
    }

    /** A connection can look open although nothing arrives; only a received message proves that it works. */
    private void pulse() {
        if (!isConnected()) {
            return;
        }
        if (missedPulses++ >= 2) {
            subscription.drop();
            return;
        }
        redis.send(Request.cmd(Command.PUBLISH).arg(PULSE_CHANNEL + replica).arg(""));
    }

    private void subscribeSoon(String channel) {
        if (toSubscribe.isEmpty()) {
            context.runOnContext(ignored -> subscribeNow());
        }
        toSubscribe.add(channel);
    }

    private void subscribeNow() {
        Request subscribe = Request.cmd(Command.SUBSCRIBE);
        long wanted = toSubscribe.stream()
                .filter(channels::containsKey)
                .peek(subscribe::arg)
                .count();
        toSubscribe.clear();
        if (wanted > 0 && isConnected()) {
            subscription.current().send(subscribe);
        }
    }

    private void receive(Response message) {
        String kind = message.get(0).toString();
        String channel = message.get(1).toString();
        if (kind.equals("subscribe") && channels.containsKey(channel)) {
            channels.get(channel).tryComplete();
        } else if (kind.equals("message") && channel.startsWith(ROOM_CHANNEL)) {
            receive(
                    UUID.fromString(channel.substring(ROOM_CHANNEL.length())),
                    message.get(2).toBuffer());
        } else if (kind.equals("message") && channel.equals(SERVICE_CHANNEL)) {
            receive(null, message.get(2).toBuffer());
        } else if (kind.equals("message")) {
            missedPulses = 0;
        }
    }

    private void receive(UUID room, Buffer payload) {
        if (!codec.isOurs(payload)) {
            ChangeCodec.Payload decoded = codec.decode(payload);
            if (room != null && !decoded.changes().isEmpty()) {
                arrived.accept(room, decoded.changes());
            }
            decoded.signals().forEach(signal -> signalled.accept(room, signal));
        }
    }
}
