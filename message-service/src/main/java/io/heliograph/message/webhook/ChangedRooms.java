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
 * Notes in which rooms there is something to post for webhooks: after the commit, for all changes of a moment together,
 * so that a send does nothing for it. It rests longer than a note took. What is lost with a replica that dies is found by
 * the {@link WebhookSweep}.
 */
@Singleton
final class ChangedRooms {

    private static final Logger LOG = Logger.getLogger(ChangedRooms.class);
    private static final int AT_ONCE = 1_000;
    /** The share of its time in which it lets the database work is one of so many. */
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

    /** Whether there is any webhook; while there is none, nothing is noted. */
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
