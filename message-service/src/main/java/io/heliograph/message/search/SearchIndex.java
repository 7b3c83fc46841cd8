package io.heliograph.message.search;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.search.SearchIndexRepository.Chunk;
import io.heliograph.message.search.SearchIndexRepository.IndexSource;
import io.heliograph.message.search.SearchIndexRepository.RoomProgress;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Updates the search index for the rooms that this replica has written to, and then indexes older messages that still
 * have to be indexed again. It pauses after each chunk for longer than the chunk took, so that senders do not wait.
 */
@Singleton
final class SearchIndex {

    private static final Logger LOG = Logger.getLogger(SearchIndex.class);
    /** Rooms per sweep; the next sweep finds the others. */
    private static final int SWEEP_ROOMS = 10_000;
    /** Rooms in one transaction. */
    private static final int MAX_ROOMS = 200;
    /** Splitting 500 messages into words takes some 20 ms; two, so that a search does not wait for the indexer. */
    private static final int THREADS = 2;
    /** Replicas begin at different rooms among those that are indexed again, so that they do not do the same work. */
    private static final int SPREAD = 1_000;

    private final LiveDelivery delivery;
    private final SearchIndexRepository repository;
    private final SearchConfig config;
    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean looked = new AtomicBoolean();
    /** Whether there may be older messages to index; a sweep looks again. */
    private final AtomicBoolean older = new AtomicBoolean();

    SearchIndex(LiveDelivery delivery, SearchIndexRepository repository, SearchConfig config, Vertx vertx) {
        this.delivery = delivery;
        this.repository = repository;
        this.config = config;
        this.vertx = vertx;
        this.threads = vertx.createSharedWorkerExecutor("search-index", THREADS);
    }

    void start(@Observes StartupEvent event) {
        delivery.whenCommitted(changed::addAll);
        vertx.setPeriodic(config.indexInterval().toMillis(), timer -> wake());
        vertx.setPeriodic(
                0,
                config.sweepInterval().toMillis(),
                timer -> repository.behind(SWEEP_ROOMS).onSuccess(this::found).onFailure(this::later));
    }

    /**
     * Indexes the acknowledged messages in the rooms of this user: in those that this replica has written to, and in
     * the first {@code rooms} rooms. Rooms with more than one chunk are left to the indexer. Never fails.
     */
    Future<Void> catchUp(UUID person, int rooms, long timeoutMillis) {
        Set<UUID> written = new HashSet<>(first(MAX_ROOMS));
        return repository
                .behindOf(person, written, rooms, config.indexChunk(), MAX_ROOMS)
                .compose(behind -> behind.isEmpty() ? Future.succeededFuture() : indexChanges(new HashSet<>(behind)))
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void found(Collection<UUID> behind) {
        looked.set(true);
        older.set(true);
        changed.addAll(behind);
    }

    private void wake() {
        if (working.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        List<UUID> rooms = first(MAX_ROOMS);
        if (rooms.isEmpty() && !older.get()) {
            working.set(false);
            return;
        }
        rooms.forEach(changed::remove);
        long start = System.nanoTime();
        Future<?> work = rooms.isEmpty()
                ? indexOlder()
                : indexChanges(new HashSet<>(rooms)).onSuccess(changed::addAll);
        work.onSuccess(done -> rest(System.nanoTime() - start)).onFailure(failure -> {
            changed.addAll(rooms);
            working.set(false);
            later(failure);
        });
    }

    /** Indexes changes; returns the rooms that have more. */
    private Future<Set<UUID>> indexChanges(Set<UUID> rooms) {
        return repository.changed(rooms, config.indexChunk()).compose(chunk -> store(chunk, true)
                .map(stored -> {
                    Set<UUID> left = new HashSet<>(chunk.unfinished());
                    chunk.steps().stream()
                            .map(RoomProgress::room)
                            .filter(room -> !stored.contains(room))
                            .forEach(left::add);
                    return left;
                }));
    }

    private Future<?> indexOlder() {
        int skipped = ThreadLocalRandom.current().nextInt(SPREAD);
        return repository
                .older(config.indexChunk(), skipped)
                .compose(chunk -> chunk.steps().isEmpty()
                        ? repository.older(config.indexChunk(), 0)
                        : Future.succeededFuture(chunk))
                .compose(chunk -> {
                    if (chunk.steps().isEmpty()) {
                        older.set(false);
                    }
                    return store(chunk, false);
                });
    }

    /** Stores a chunk; returns the rooms that were stored. */
    private Future<Set<UUID>> store(Chunk chunk, boolean changes) {
        return chunk.steps().isEmpty()
                ? Future.succeededFuture(Set.of())
                : threads.executeBlocking(() -> texts(chunk), false)
                        .compose(texts -> repository.store(chunk, texts, changes));
    }

    /** The texts of the messages that have words. */
    private static Map<IndexSource, SearchText> texts(Chunk chunk) {
        Map<IndexSource, SearchText> texts = new HashMap<>();
        for (IndexSource source : chunk.sources()) {
            SearchText text = source.deleted() ? null : SearchText.of(source.content());
            if (text != null && !text.isEmpty()) {
                texts.put(source, text);
            }
        }
        return texts;
    }

    private List<UUID> first(int limit) {
        return changed.stream().limit(limit).toList();
    }

    private void rest(long nanos) {
        vertx.setTimer(1 + config.indexPauseFactor() * nanos / 1_000_000, timer -> next());
    }

    /** The first sweep is at the start, when PostgreSQL may be busy; the next one logs more. */
    private void later(Throwable failure) {
        LOG.logf(
                looked.getAndSet(true) ? Level.WARN : Level.INFO,
                "The search index will be brought up to date later: %s",
                failure);
    }
}
