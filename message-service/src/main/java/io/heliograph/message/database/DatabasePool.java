package io.heliograph.message.database;

import io.heliograph.database.ReadPool;
import io.heliograph.database.SessionPool;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Sets the bounds of the pools for which Quarkus has no setting: by default any number of requests waits without end.
 */
@Singleton
@Default
@ReactiveDataSource(ReadPool.REPLICA)
final class DatabasePool implements PgPoolCreator {

    private final DatabaseConfig config;

    DatabasePool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PgConnectOptions first = input.pgConnectOptionsList().get(0);
        return create(input, config, first.getHost() + ":" + first.getPort());
    }

    /** The name is the label of its metrics, which would otherwise be those of the first pool only. */
    static Pool create(Input input, DatabaseConfig config, String name) {
        int timeoutMillis = Math.toIntExact(config.timeout().toMillis());
        PoolOptions pool = input.poolOptions()
                .setName(name)
                .setMaxWaitQueueSize(config.maxWaiting())
                .setConnectionTimeout(timeoutMillis)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        for (PgConnectOptions server : input.pgConnectOptionsList()) {
            server.setConnectTimeout(timeoutMillis)
                    .setTcpKeepAlive(true)
                    // By default statements of more than 2,047 characters are prepared and planned anew for each
                    // execution.
                    .setPreparedStatementCacheSqlFilter(anyLength -> true);
        }
        return SessionPool.create(
                input.pgConnectOptionsList(), pool, config.idleTimeout(), config.readIdleTimeout(), input.vertx());
    }
}
