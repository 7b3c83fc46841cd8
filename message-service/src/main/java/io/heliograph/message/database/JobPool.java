package io.heliograph.message.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/** The few connections of background jobs, in a pool of their own, so that jobs take none of the other connections. */
@Singleton
@ReactiveDataSource(JobPool.NAME)
public final class JobPool implements PgPoolCreator {

    /** The name of the datasource. */
    public static final String NAME = "jobs";

    private final DatabaseConfig config;

    JobPool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        return DatabasePool.create(input, config, NAME);
    }
}
