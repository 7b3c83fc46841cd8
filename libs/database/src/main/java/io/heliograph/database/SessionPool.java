package io.heliograph.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes pools whose connections have the settings of their session, also behind a pooler such as PgBouncer. */
public final class SessionPool {

    private SessionPool() {}

    /**
     * Each new connection goes to the next server.
     *
     * @param idleTimeout the pool closes a connection that no caller has for this long
     * @param readIdleTimeout a connection without a byte from its server for this long is closed, in use or not; at least
     *     twice the idle timeout: a caller would otherwise get connections that are about to be closed
     * @throws IllegalArgumentException if one of them is not positive, or the read idle timeout is too short
     */
    @SuppressWarnings("deprecation") // What is to replace it, in Vert.x 4.5, cannot refuse a connection.
    public static Pool create(
            List<PgConnectOptions> servers,
            PoolOptions options,
            Duration idleTimeout,
            Duration readIdleTimeout,
            Vertx vertx) {
        int idleMillis = Math.toIntExact(idleTimeout.toMillis());
        int readIdleMillis = Math.toIntExact(readIdleTimeout.toMillis());
        if (idleMillis <= 0 || readIdleMillis / 2 < idleMillis) {
            throw new IllegalArgumentException(
                    "heliograph.database.idle-timeout (%s) must be positive, and at most half of read-idle-timeout (%s)"
                            .formatted(idleTimeout, readIdleTimeout));
        }
        options.setIdleTimeout(idleMillis).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        servers.forEach(server -> server.setReadIdleTimeout(readIdleMillis).setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        List<SessionConnector> connectors = servers.stream()
                .map(server -> new SessionConnector(vertx, server))
                .toList();
        AtomicInteger next = new AtomicInteger();
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(vertx)
                .build()
                .connectionProvider(context -> connectors
                        .get(Math.floorMod(next.getAndIncrement(), connectors.size()))
                        .connect(context));
    }
}
