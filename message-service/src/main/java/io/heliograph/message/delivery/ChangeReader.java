package io.heliograph.message.delivery;

import io.heliograph.message.limit.AsyncSemaphore;
import io.heliograph.message.message.ChangePage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads pages for those who catch up. When a replica dies, thousands come back to the same place of the same rooms,
 * within seconds and on every event loop: they share one read, while it is under way and for a moment after it. A page
 * that is a moment old is no less true, since what came later follows it. From any thread.
 */
final class ChangeReader {

    /** What changed after a revision and up to {@code upTo}, where the room had {@code more}. */
    record Page(long upTo, List<Change> changes, boolean more) {

        int size() {
            return changes.stream().mapToInt(change -> change.frame().length).sum();
        }
    }

    private record Place(UUID room, long rev) {}

    /** Reads what the room has after a revision. */
    interface Reader {
        Future<ChangePage> changedAfter(UUID room, long rev);
    }

    private final Vertx vertx;
    private final Reader reader;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final AsyncSemaphore reads;
    private final Map<Place, Future<Page>> shared = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    ChangeReader(Vertx vertx, Reader reader, DeliveryConfig config, DeliveryMetrics metrics) {
        this.vertx = vertx;
        this.reader = reader;
        this.config = config;
        this.metrics = metrics;
        this.reads = new AsyncSemaphore(config.maxReads(), config.maxWaitingReads());
        metrics.keptPageBytes(keptBytes);
    }

    /**
     * For one who knows the messages up to {@code known}. Fails if PostgreSQL does not answer, or if too many wait for it.
     *
     * <p>Only one who knows all up to {@code rev} shares. To one in the middle of several pages another's may be older
     * than the one before, and a message that was changed in between would be in neither.
     */
    Future<Page> after(UUID room, long rev, long known) {
        if (rev != known) {
            metrics.page(false);
            return read(room, rev, known);
        }
        Place place = new Place(room, rev);
        Promise<Page> mine = Promise.promise();
        Future<Page> others = shared.putIfAbsent(place, mine.future());
        metrics.page(others != null);
        if (others != null) {
            return others;
        }
        read(room, rev, known)
                .onSuccess(page -> keep(place, page))
                .onFailure(failure -> shared.remove(place))
                .onComplete(mine);
        return mine.future();
    }

    private Future<Page> read(UUID room, long rev, long known) {
        return reads.admit(() -> reader.changedAfter(room, rev))
                .map(changes -> new Page(changes.upTo(), Change.since(known, changes), changes.more()));
    }

    /** A page that tells of nothing would be believed by those who have heard of more in the meantime. */
    private void keep(Place place, Page page) {
        int size = page.size();
        if (keptBytes.addAndGet(size) > config.maxKeptPageBytes() || page.upTo() == place.rev) {
            forget(place, size);
        } else {
            vertx.setTimer(config.pageLife().toMillis(), timer -> forget(place, size));
        }
    }

    private void forget(Place place, int size) {
        shared.remove(place);
        keptBytes.addAndGet(-size);
    }
}
