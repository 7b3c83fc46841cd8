package io.heliograph.operations;

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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection to Redis that is kept, opened anew when it is lost, and subscribed to the same channels each time. A
 * connection that has stopped to carry anything is noticed too. Used on one context only, on which listeners are called.
 */
final class RedisSubscriber {

    /** How often a lost connection is looked for. */
    private static final long RETRY_MILLIS = 1_000;

    private static final long CONNECT_MILLIS = 5_000;

    /** How often the subscription is repeated: it shows that the connection lives, and keeps it from being cut as idle. */
    private static final int REPEAT_AFTER_ROUNDS = 5;

    private final Context context;
    private final Redis redis;
    /** By channel. */
    private final Map<String, Consumer<String>> listeners = new TreeMap<>();

    private RedisConnection connection;
    private boolean opening;
    private boolean closed;
    private long timer;
    private int rounds;
    /** Subscriptions that Redis has not confirmed. */
    private boolean unconfirmed;

    RedisSubscriber(Context context, Redis redis) {
        this.context = context;
        this.redis = redis;
    }

    /** Once. */
    void start() {
        timer = vertx().setPeriodic(RETRY_MILLIS, fired -> round());
        round();
    }

    void close() {
        closed = true;
        vertx().cancelTimer(timer);
        if (connection != null) {
            connection.close();
        }
    }

    /** @param listener is given each message */
    void subscribe(String channel, Consumer<String> listener) {
        if (listeners.put(channel, listener) == null) {
            send(Command.SUBSCRIBE, Set.of(channel));
        }
    }

    void unsubscribe(String channel) {
        if (listeners.remove(channel) != null) {
            send(Command.UNSUBSCRIBE, Set.of(channel));
        }
    }

    private void round() {
        if (connection == null) {
            open();
        } else if (++rounds % REPEAT_AFTER_ROUNDS == 0) {
            if (unconfirmed) {
                lost(connection);
            } else {
                subscribeAll();
            }
        }
    }

    private void open() {
        if (opening || closed) {
            return;
        }
        opening = true;
        var connecting = redis.connect();
        connecting
                .timeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(done -> context.runOnContext(ignored -> {
                    opening = false;
                    if (done.succeeded() && !closed) {
                        use(done.result());
                    } else {
                        connecting.onSuccess(RedisConnection::close);
                    }
                }));
    }

    private void use(RedisConnection opened) {
        connection = opened;
        rounds = 0;
        opened.handler(message -> context.runOnContext(ignored -> receive(opened, message)));
        opened.endHandler(end -> context.runOnContext(ignored -> lost(opened)));
        opened.exceptionHandler(failure -> context.runOnContext(ignored -> lost(opened)));
        subscribeAll();
    }

    private void subscribeAll() {
        if (!listeners.isEmpty()) {
            unconfirmed = true;
            send(Command.SUBSCRIBE, listeners.keySet());
        }
    }

    private void send(Command command, Set<String> names) {
        if (connection != null) {
            Request request = Request.cmd(command);
            names.forEach(request::arg);
            connection.send(request);
        }
    }

    private void receive(RedisConnection from, Response message) {
        if (from != connection || message.size() < 3) {
            return;
        }
        switch (message.get(0).toString()) {
            case "subscribe" -> unconfirmed = false;
            case "message" -> {
                Consumer<String> listener = listeners.get(message.get(1).toString());
                if (listener != null) {
                    listener.accept(message.get(2).toString());
                }
            }
            default -> {
                // The end of a subscription.
            }
        }
    }

    private void lost(RedisConnection which) {
        if (connection == which) {
            connection = null;
            unconfirmed = false;
            which.close();
        }
    }

    private Vertx vertx() {
        return context.owner();
    }
}
