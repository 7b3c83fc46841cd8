package io.heliograph.user.store;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives both pools the bounds of {@link StoreConfig}, which Quarkus has only in part: Vert.x lets any number wait, for
 * ever.
 */
@Singleton
@Default
@ReactiveDataSource(ReadPool.REPLICA)
final class StorePool implements PgPoolCreator {

    private final StoreConfig config;

    StorePool(StoreConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        servers.forEach(this::bound);
        // The name is the label of its metrics, which would otherwise be those of the first pool only.
        PgConnectOptions first = servers.get(0);
        PoolOptions pool = input.poolOptions()
                .setName(first.getHost() + ":" + first.getPort())
                .setMaxSize(config.maxSize())
                .setMaxWaitQueueSize(config.maxWaiting())
                .setConnectionTimeout(Math.toIntExact(config.timeout().toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return connectingTo(servers, pool, input.vertx());
    }

    /** Each new connection goes to the next server. */
    @SuppressWarnings("deprecation") // What is to replace it, in Vert.x 4.5, cannot refuse a connection.
    private static Pool connectingTo(List<PgConnectOptions> servers, PoolOptions options, Vertx vertx) {
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

    private void bound(PgConnectOptions server) {
        server.addProperty(
                        "statement_timeout",
                        Long.toString(config.statementTimeout().toMillis()))
                // What a replica that freezes in a transaction has locked is free again after this; between two
                // statements a healthy one needs a round trip.
                .addProperty(
                        "idle_in_transaction_session_timeout",
                        Long.toString(config.statementTimeout().toMillis()))
                // By default those of more than 2,047 characters are prepared and planned anew for each execution.
                .setPreparedStatementCacheSqlFilter(anyLength -> true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(Math.toIntExact(config.idleLifetime().toMillis()));
    }
}
