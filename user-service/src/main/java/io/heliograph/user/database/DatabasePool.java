package io.heliograph.user.database;

import io.heliograph.database.ReadPool;
import io.heliograph.database.SessionPool;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sets the bounds of {@link DatabaseConfig} at both pools. Quarkus has settings for only a part of them: by default any
 * number of requests waits without end.
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
        return SessionPool.create(servers, pool, config.idleTimeout(), config.readIdleTimeout(), input.vertx());
    }

    private void bound(PgConnectOptions server) {
        server.addProperty(
                        "statement_timeout",
                        Long.toString(config.statementTimeout().toMillis()))
                // Releases the locks of a replica that freezes in a transaction; between two statements a healthy
                // replica needs one round trip.
                .addProperty(
                        "idle_in_transaction_session_timeout",
                        Long.toString(config.statementTimeout().toMillis()))
                // By default statements of more than 2,047 characters are prepared and planned for each execution.
                .setPreparedStatementCacheSqlFilter(anyLength -> true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
    }
}
