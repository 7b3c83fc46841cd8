package io.heliograph.message.webhook;

import io.heliograph.message.webhook.WebhookCursorRepository.CursorPlace;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Compares the cursors with the rooms, a part at a time, to find changes that were not recorded; measures the backlog.
 */
@Singleton
class WebhookSweep {

    private static final Logger LOG = Logger.getLogger(WebhookSweep.class);

    private final WebhookCursorRepository cursors;
    private final ChangedRooms changed;
    private final WebhookMetrics metrics;
    private final WebhookConfig config;
    private final Vertx vertx;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    /** Replicas start at different positions, so that together they complete a cycle sooner. */
    private volatile CursorPlace place = new CursorPlace(UUID.randomUUID(), UUID.randomUUID());

    WebhookSweep(
            WebhookCursorRepository cursors,
            ChangedRooms changed,
            WebhookMetrics metrics,
            WebhookConfig config,
            Vertx vertx) {
        this.cursors = cursors;
        this.changed = changed;
        this.metrics = metrics;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.sweepInterval().toMillis(), timer -> sweep());
        vertx.setPeriodic(
                config.measureInterval().toMillis(), timer -> cursors.backlog().onSuccess(metrics::backlog));
    }

    private void sweep() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        cursors.any()
                .onSuccess(changed::setWanted)
                .compose(any -> any ? cursors.part(place) : Future.succeededFuture())
                .onSuccess(part -> {
                    if (part != null) {
                        place = part.next();
                        changed.add(part.behind());
                    }
                })
                .onFailure(failure -> LOG.debugf("The cursors of webhooks will be compared later: %s", failure))
                .onComplete(done -> sweeping.set(false));
    }
}
