package io.heliograph.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes pools whose connections have the settings of their session, also behind a pooler such as PgBouncer. */
public final class SessionPool {

    private SessionPool() {}

    /** Each new connection goes to the next server. */
    @SuppressWarnings("deprecation") // What is to replace it, in Vert.x 4.5, cannot refuse a connection.
    public static Pool create(List<PgConnectOptions> servers, PoolOptions options, Vertx vertx) {
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
