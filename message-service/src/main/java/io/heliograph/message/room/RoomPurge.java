package io.heliograph.message.room;

import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.delivery.LiveDelivery;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Deletes the messages of removed rooms and the former places of rooms in the directory, a chunk at a time, so that no
 * lock is held for long. The remaining work is in the database, so that another replica can continue it.
 */
@Singleton
final class RoomPurge {

    private static final Logger LOG = Logger.getLogger(RoomPurge.class);

    /** Some tens of milliseconds of the database. */
    private static final int PLACES_AT_ONCE = 10_000;

    private final RoomRepository repository;
    private final RoomConfig config;
    private final Vertx vertx;
    private final LiveDelivery delivery;
    private final AccountSignals signals;
    private final DirectoryRepository directory;
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean looked = new AtomicBoolean();

    RoomPurge(
            RoomRepository repository,
            RoomConfig config,
            Vertx vertx,
            LiveDelivery delivery,
            AccountSignals signals,
            DirectoryRepository directory) {
        this.repository = repository;
        this.config = config;
        this.vertx = vertx;
        this.delivery = delivery;
        this.signals = signals;
        this.directory = directory;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(0, config.purgeInterval().toMillis(), timer -> {
            wake();
            directory
                    .forget(config.placeMemory().toSeconds(), PLACES_AT_ONCE)
                    .onFailure(failure -> LOG.warnf("Places of renamed rooms will be forgotten later: %s", failure));
        });
    }

    /** Thread-safe: ends the subscriptions of a removed room, notifies its members, and schedules the deletion of its messages. */
    void removed(UUID room) {
        delivery.unsubscribe(room, null);
        signals.room(room);
        wake();
    }

    private void wake() {
        if (working.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        repository
                .purge(config.purgeChunk())
                .onSuccess(more -> {
                    if (more) {
                        next();
                    } else {
                        looked.set(true);
                        working.set(false);
                    }
                })
                .onFailure(failure -> {
                    working.set(false);
                    // The first query runs at the start, when PostgreSQL may be busy; only later failures are logged as
                    // warnings.
                    LOG.logf(
                            looked.getAndSet(true) ? Level.WARN : Level.INFO,
                            "Removed rooms will be purged later: %s",
                            failure);
                });
    }
}
