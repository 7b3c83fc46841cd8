package io.heliograph.message.webhook;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Serves webhooks on this replica. It leases webhooks with changes to post up to its limit, renews the leases, and
 * returns them at the end of a turn; on shutdown it returns all, so that another replica continues at once.
 */
@Singleton
class WebhookDispatcher {

    private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class);
    /** The wait before a webhook is returned after a failure of PostgreSQL. */
    private static final long PAUSE_MILLIS = 500;

    private final WebhookQueueRepository queue;
    private final WebhookClient client;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;
    private final Vertx vertx;
    private final UUID holder = UUID.randomUUID();
    private final Map<UUID, WebhookLease> running = new ConcurrentHashMap<>();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile boolean stopping;

    WebhookDispatcher(
            WebhookQueueRepository queue,
            WebhookClient client,
            WebhookConfig config,
            WebhookMetrics metrics,
            Vertx vertx) {
        this.queue = queue;
        this.client = client;
        this.config = config;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        metrics.running(running);
        vertx.setPeriodic(config.pollInterval().toMillis(), timer -> wake());
        vertx.setPeriodic(config.heartbeat().toMillis(), timer -> renew());
    }

    /** Looks for changes to post. Called from any thread. */
    void wake() {
        int free = config.maxConcurrent() - running.size();
        if (stopping || free <= 0) {
            return;
        }
        wanted.set(true);
        if (!claiming.compareAndSet(false, true)) {
            return;
        }
        wanted.set(false);
        queue.claim(holder, free, freeForFailing())
                .onSuccess(claimed -> claimed.forEach(this::begin))
                .onFailure(failure -> LOG.debugf("Webhooks will be served later: %s", failure))
                .onComplete(done -> {
                    claiming.set(false);
                    if (done.succeeded() && wanted.get()) {
                        wake();
                    }
                });
    }

    private int freeForFailing() {
        long failing =
                running.values().stream().filter(each -> each.attempts() > 0).count();
        return (int) Math.max(0, Math.max(1, config.maxConcurrent() / 2) - failing);
    }

    private void begin(WebhookLease lease) {
        running.put(lease.id(), lease);
        if (stopping) {
            lease.stop();
        }
        new WebhookRun(lease, queue, client, config, metrics)
                .run()
                .onFailure(failure -> LOG.debugf("Webhook %s will be served later: %s", lease.id(), failure))
                .recover(failure -> vertx.timer(PAUSE_MILLIS).mapEmpty())
                .compose(done -> queue.release(holder, lease))
                .onComplete(released -> {
                    running.remove(lease.id(), lease);
                    wake();
                });
    }

    private void renew() {
        List<WebhookLease> held = List.copyOf(running.values());
        if (held.isEmpty() || !renewing.compareAndSet(false, true)) {
            return;
        }
        long askedAt = System.nanoTime();
        queue.renew(holder, held)
                .onSuccess(renewed -> held.forEach(each -> {
                    if (renewed.contains(each.id())) {
                        each.renewed(askedAt);
                    } else {
                        each.stop();
                    }
                }))
                .onComplete(done -> renewing.set(false));
    }

    /** At the beginning of the drain, while the database is available and other replicas can take over. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        handBack();
    }

    void stop(@Observes ShutdownEvent event) {
        handBack();
    }

    private void handBack() {
        stopping = true;
        running.values().forEach(WebhookLease::stop);
    }
}
