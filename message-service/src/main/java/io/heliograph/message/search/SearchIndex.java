package io.heliograph.message.search;

import io.heliograph.message.delivery.LiveDelivery;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Lets the search index follow the rooms this replica has written to. It takes one room and one transaction at a time
 * and rests longer than that took, so that senders never wait for it; however late it is, searches are complete.
 */
@Singleton
final class SearchIndex {

    private static final Logger LOG = Logger.getLogger(SearchIndex.class);
    /** Rooms that a sweep takes on; the next sweep finds those it has left. */
    private static final int SWEEP_ROOMS = 10_000;
    /** How many times as long as it worked: a fifth of one core of the database, and some thousand messages a second. */
    private static final int REST = 4;

    private final LiveDelivery delivery;
    private final SearchRepository repository;
    private final SearchConfig config;
    private final Vertx vertx;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean looked = new AtomicBoolean();

    SearchIndex(LiveDelivery delivery, SearchRepository repository, SearchConfig config, Vertx vertx) {
        this.delivery = delivery;
        this.repository = repository;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        delivery.whenCommitted(changed::addAll);
        vertx.setPeriodic(config.indexInterval().toMillis(), timer -> wake());
        vertx.setPeriodic(
                0,
                config.sweepInterval().toMillis(),
                timer -> repository.behind(SWEEP_ROOMS).onSuccess(this::found).onFailure(this::later));
    }

    private void found(Collection<UUID> behind) {
        looked.set(true);
        changed.addAll(behind);
    }

    private void wake() {
        if (working.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        Iterator<UUID> rooms = changed.iterator();
        if (!rooms.hasNext()) {
            working.set(false);
            return;
        }
        UUID room = rooms.next();
        rooms.remove();
        long start = System.nanoTime();
        index(room).onSuccess(done -> rest(System.nanoTime() - start)).onFailure(failure -> {
            changed.add(room);
            working.set(false);
            later(failure);
        });
    }

    private Future<?> index(UUID room) {
        return repository.index(room, config.indexChunk()).onSuccess(changes -> {
            if (changes == config.indexChunk()) {
                changed.add(room);
            }
        });
    }

    private void rest(long nanos) {
        vertx.setTimer(1 + REST * nanos / 1_000_000, timer -> next());
    }

    /** The first look is at the start, when PostgreSQL may be busy; the next says more. */
    private void later(Throwable failure) {
        LOG.logf(
                looked.getAndSet(true) ? Level.WARN : Level.INFO,
                "The search index will be brought up to date later: %s",
                failure);
    }
}
