package io.heliograph.redis;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Subscribes to channels over one permanent connection. A lost connection is opened again within a second and gets the
 * same subscriptions; an open one without data counts as lost after ten seconds. Used on one context only,
 * on which the listeners are called.
 */
public final class RedisSubscriber {

    private static final long RETRY_MILLIS = 1_000;

    /** The subscriptions are repeated every five seconds, which shows that the connection works and is not idle. */
    private static final int REPEAT_AFTER_ROUNDS = 5;

    private final Vertx vertx;
    private final RedisConnectionHolder connection;
    /** By channel. */
    private final Map<String, Consumer<String>> listeners = new TreeMap<>();

    private long timer;
    private int rounds;
    /** Whether Redis has not yet confirmed the last subscription. */
    private boolean unconfirmed;

    public RedisSubscriber(Context context, Redis redis) {
        this.vertx = context.owner();
        this.connection = new RedisConnectionHolder(context, redis, new Listener());
    }

    /** To be called once. */
    public void start() {
        timer = vertx.setPeriodic(RETRY_MILLIS, fired -> round());
        round();
    }

    public void close() {
        vertx.cancelTimer(timer);
        connection.close();
    }

    /** @param listener gets each message that is published on the channel */
    public void subscribe(String channel, Consumer<String> listener) {
        if (listeners.put(channel, listener) == null) {
            send(Command.SUBSCRIBE, Set.of(channel));
        }
    }

    public void unsubscribe(String channel) {
        if (listeners.remove(channel) != null) {
            send(Command.UNSUBSCRIBE, Set.of(channel));
        }
    }

    private void round() {
        if (connection.current() == null) {
            connection.get();
        } else if (++rounds % REPEAT_AFTER_ROUNDS == 0) {
            if (unconfirmed) {
                connection.drop();
            } else {
                subscribeAll();
            }
        }
    }

    private void subscribeAll() {
        if (!listeners.isEmpty()) {
            unconfirmed = true;
            send(Command.SUBSCRIBE, listeners.keySet());
        }
    }

    private void send(Command command, Set<String> channels) {
        if (connection.current() != null) {
            Request request = Request.cmd(command);
            channels.forEach(request::arg);
            connection.current().send(request);
        }
    }

    private final class Listener implements RedisConnectionHolder.Listener {

        @Override
        public void opened(RedisConnection opened) {
            rounds = 0;
            subscribeAll();
        }

        @Override
        public void lost() {
            unconfirmed = false;
        }

        @Override
        public void received(Response message) {
            if (message.size() < 3) {
                return;
            }
            String kind = message.get(0).toString();
            if (kind.equals("subscribe")) {
                unconfirmed = false;
            } else if (kind.equals("message")) {
                Consumer<String> listener = listeners.get(message.get(1).toString());
                if (listener != null) {
                    listener.accept(message.get(2).toString());
                }
            }
        }
    }
}
