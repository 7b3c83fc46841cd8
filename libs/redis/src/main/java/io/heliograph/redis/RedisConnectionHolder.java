package io.heliograph.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;

/**
 * One connection to Redis that is kept, and opened again by the next {@link #get} after it was lost. At most one
 * connection is being opened at a time, so that a Redis that hangs does not occupy the pool. Used on its context only;
 * callbacks and futures run there too.
 */
public final class RedisConnectionHolder {

    /** The events of the connection. */
    public interface Listener {

        /** A new connection is {@linkplain RedisConnectionHolder#current current}; it has no subscriptions yet. */
        default void opened(RedisConnection connection) {}

        /** The current connection was lost; one that {@link RedisConnectionHolder#close} closed is not. */
        default void lost() {}

        /** A message of Redis that answers no command, as subscriptions bring them. */
        default void received(Response message) {}
    }

    private static final Listener NONE = new Listener() {};

    private final Context context;
    private final Redis redis;
    private final Listener listener;
    private RedisConnection connection;
    private Future<RedisConnection> opening;
    private boolean closed;

    public RedisConnectionHolder(Context context, Redis redis) {
        this(context, redis, NONE);
    }

    public RedisConnectionHolder(Context context, Redis redis, Listener listener) {
        this.context = context;
        this.redis = redis;
        this.listener = listener;
    }

    /** The open connection; null if there is none. */
    public RedisConnection current() {
        return connection;
    }

    /** The open connection, or the one that is being opened. Has no timeout, and fails once this is closed. */
    public Future<RedisConnection> get() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        } else if (closed) {
            return Future.failedFuture("closed");
        }
        if (opening == null) {
            Promise<RedisConnection> opened = Promise.promise();
            opening = opened.future();
            redis.connect()
                    .onComplete(result -> context.runOnContext(ignored -> {
                        opening = null;
                        if (result.succeeded()) {
                            use(result.result());
                        }
                        opened.handle(result);
                    }));
        }
        return opening;
    }

    /** Closes the current connection as one that is lost, such as one that looks open and carries nothing. */
    public void drop() {
        if (connection != null) {
            lost(connection);
        }
    }

    /** Closes the connection and opens no other. */
    public void close() {
        closed = true;
        RedisConnection last = connection;
        connection = null;
        if (last != null) {
            last.close();
        }
    }

    private void use(RedisConnection opened) {
        if (closed) {
            opened.close();
            return;
        }
        connection = opened;
        // The pool may give a connection of another event loop.
        opened.handler(message -> context.runOnContext(ignored -> received(opened, message)));
        opened.endHandler(end -> context.runOnContext(ignored -> lost(opened)));
        opened.exceptionHandler(failure -> context.runOnContext(ignored -> lost(opened)));
        listener.opened(opened);
    }

    private void received(RedisConnection from, Response message) {
        if (connection == from) {
            listener.received(message);
        }
    }

    private void lost(RedisConnection which) {
        if (connection == which) {
            connection = null;
            which.close();
            listener.lost();
        }
    }
}
