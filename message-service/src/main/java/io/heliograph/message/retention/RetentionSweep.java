package io.heliograph.message.retention;

import io.heliograph.message.delivery.Change;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.retention.RetentionRepository.Removal;
import io.heliograph.message.retention.RetentionRepository.RoomAge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Removes the content of messages after their retention period: on one replica at a time, room by room, in small
 * transactions with a pause after each. The remaining work is in the database, so that another replica can continue it.
 */
@Singleton
class RetentionSweep {

    private static final Logger LOG = Logger.getLogger(RetentionSweep.class);

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    /** Rooms that are checked in one query, which takes some milliseconds. */
    private static final int ROOMS_AT_ONCE = 500;

    private final RetentionRepository repository;
    private final RetentionConfig config;
    private final LiveDelivery delivery;
    private final Vertx vertx;
    private final Counter removed;
    private final UUID replica = UUID.randomUUID();
    private final AtomicBoolean working = new AtomicBoolean();

    RetentionSweep(
            RetentionRepository repository,
            RetentionConfig config,
            LiveDelivery delivery,
            Vertx vertx,
            MeterRegistry registry) {
        this.repository = repository;
        this.config = config;
        this.delivery = delivery;
        this.vertx = vertx;
        this.removed = Counter.builder("heliograph.retention.messages")
                .description("Messages whose content was removed after their retention period")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.sweepInterval().toMillis(), timer -> sweep());
    }

    /** Checks all rooms once, unless this or another replica does so. Completes at the end; never fails. */
    Future<Void> sweep() {
        if (!working.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return sweep(BEFORE_ALL)
                .onFailure(failure -> LOG.warnf("Old messages will be removed later: %s", failure))
                .otherwiseEmpty()
                .onComplete(done -> working.set(false));
    }

    private Future<Void> sweep(UUID after) {
        return repository.lease(replica, config.lease()).compose(mine -> mine ? next(after) : Future.succeededFuture());
    }

    private Future<Void> next(UUID after) {
        return repository.ages(after, ROOMS_AT_ONCE).compose(ages -> {
            List<UUID> due =
                    ages.stream().filter(RoomAge::due).map(RoomAge::room).toList();
            Future<Void> swept = remove(due, 0);
            return ages.size() < ROOMS_AT_ONCE
                    ? swept
                    : swept.compose(done -> sweep(ages.get(ages.size() - 1).room()));
        });
    }

    /** Removes content in one room after the other. */
    private Future<Void> remove(List<UUID> rooms, int first) {
        return first == rooms.size()
                ? Future.succeededFuture()
                : remove(rooms.get(first)).compose(done -> remove(rooms, first + 1));
    }

    private Future<Void> remove(UUID room) {
        return repository.remove(room).compose(removal -> {
            publish(room, removal);
            return pause().compose(rested -> repository.lease(replica, config.lease()))
                    .compose(mine -> removal.more() && mine ? remove(room) : Future.succeededFuture());
        });
    }

    private void publish(UUID room, Removal removal) {
        removed.increment(removal.messages().size());
        if (!removal.messages().isEmpty()) {
            delivery.publish(
                    room, removal.messages().stream().map(Change::deleted).toList());
        }
    }

    private Future<Void> pause() {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(Math.max(1, config.pause().toMillis()), timer -> over.complete());
        return over.future();
    }
}
