package io.heliograph.user.database;

import io.heliograph.database.ReadPool;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the minimum number of connections open, which Vert.x does not do: uses that many at once, often enough that
 * none of them reaches its idle timeout. A request after a quiet period then does not wait for PostgreSQL to start a
 * backend.
 */
@Singleton
final class WarmConnections {

    /** More than once per idle timeout, so that one attempt may fail. */
    private static final int LOOKS_PER_LIFE = 3;

    private final List<Pool> pools;
    private final DatabaseConfig config;
    private final Vertx vertx;
    private volatile long timer;

    WarmConnections(Pool primary, ReadPool reads, DatabaseConfig config, Vertx vertx) {
        this.pools = Stream.concat(Stream.of(primary), reads.replica().stream().map(Pool::newInstance))
                .toList();
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        if (config.minSize() > 0) {
            // On one event loop: the pool opens more connections for callers on others.
            vertx.getOrCreateContext().runOnContext(ignored -> {
                warm();
                timer = vertx.setPeriodic(config.idleTimeout().toMillis() / LOOKS_PER_LIFE, tick -> warm());
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void warm() {
        pools.forEach(this::warm);
    }

    /** Failures are ignored: the next request or attempt meets and reports them. */
    private void warm(Pool pool) {
        for (int i = 0; i < config.minSize(); i++) {
            pool.withConnection(connection -> connection.query("select 1").execute())
                    .subscribe()
                    .with(used -> {}, failure -> {});
        }
    }
}
