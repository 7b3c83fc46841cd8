package io.heliograph.message.webhook;

import io.heliograph.message.delivery.LiveDelivery;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Records which rooms have changes to post to webhooks. It runs after the commit, for all changes of a short interval
 * together, so a send does no work for it. Between two writes it pauses longer than the last write took. The
 * {@link WebhookSweep} finds records that were lost in a crash.
 */
@Singleton
final class ChangedRooms {

    private static final Logger LOG = Logger.getLogger(ChangedRooms.class);
    private static final int AT_ONCE = 1_000;
    /** The pause is this many times the duration of the last write. */
    private static final int REST = 10;

    private final LiveDelivery delivery;
    private final WebhookCursorRepository cursors;
    private final WebhookDispatcher dispatcher;
    private final WebhookConfig config;
    private final Vertx vertx;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private volatile boolean wanted;

    ChangedRooms(
            LiveDelivery delivery,
            WebhookCursorRepository cursors,
            WebhookDispatcher dispatcher,
            WebhookConfig config,
            Vertx vertx) {
        this.delivery = delivery;
        this.cursors = cursors;
        this.dispatcher = dispatcher;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        delivery.whenCommitted(this::add);
        next(0);
    }

    /** Whether there is any webhook. Without one, nothing is recorded. */
    void setWanted(boolean wanted) {
        this.wanted = wanted;
    }

    void add(Collection<UUID> rooms) {
        if (wanted) {
            changed.addAll(rooms);
        }
    }

    private void next(long tookNanos) {
        long rest = TimeUnit.NANOSECONDS.toMillis(tookNanos * REST);
        vertx.setTimer(Math.max(config.noteInterval().toMillis(), rest), timer -> note());
    }

    private void note() {
        List<UUID> rooms = changed.stream().limit(AT_ONCE).toList();
        if (rooms.isEmpty()) {
            next(0);
            return;
        }
        rooms.forEach(changed::remove);
        long start = System.nanoTime();
        Future<Integer> noted = cursors.note(rooms);
        noted.onComplete(done -> next(System.nanoTime() - start))
                .onSuccess(behind -> {
                    if (behind > 0) {
                        dispatcher.wake();
                    }
                })
                .onFailure(failure -> {
                    changed.addAll(rooms);
                    LOG.debugf("Changes for webhooks will be noted later: %s", failure);
                });
    }
}
