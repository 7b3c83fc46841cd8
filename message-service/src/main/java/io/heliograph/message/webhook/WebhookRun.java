package io.heliograph.message.webhook;

import io.heliograph.message.limit.AsyncSemaphore;
import io.heliograph.message.limit.Backoff;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn of a webhook on this replica. It posts the changes of a room in the order of their revisions, each after the
 * previous one has succeeded. Cursors are stored afterwards, so a crash repeats requests and loses none. The turn ends
 * when there are no more changes, the endpoint fails, the time is up, or the lease is lost.
 */
final class WebhookRun {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final WebhookLease webhook;
    private final WebhookQueueRepository queue;
    private final WebhookClient client;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;
    private final AsyncSemaphore<Void> requests;
    private final long endNanos;
    private boolean recovered;

    WebhookRun(
            WebhookLease webhook,
            WebhookQueueRepository queue,
            WebhookClient client,
            WebhookConfig config,
            WebhookMetrics metrics) {
        this.webhook = webhook;
        this.queue = queue;
        this.client = client;
        this.config = config;
        this.metrics = metrics;
        this.requests = new AsyncSemaphore<>(config.maxRequestsPerWebhook(), config.maxRooms());
        this.endNanos = System.nanoTime() + config.turn().toNanos();
        this.recovered = webhook.attempts() == 0;
    }

    /** Fails if PostgreSQL fails. */
    Future<Void> run() {
        if (!goesOn()) {
            return Future.succeededFuture();
        }
        return queue.pending(webhook, config.maxRooms())
                .compose(cursors -> cursors.isEmpty() ? Future.succeededFuture(false) : round(cursors))
                .compose(more -> more ? run() : Future.succeededFuture());
    }

    private boolean goesOn() {
        return webhook.isHeld() && System.nanoTime() - endNanos < 0;
    }

    /** Returns whether there may be more changes. */
    private Future<Boolean> round(List<RoomCursor> cursors) {
        boolean batch = webhook.target().batch();
        int limit = Math.max(1, (batch ? config.maxBatch() : config.pageSize()) / cursors.size());
        long bytes = Math.max(1, config.maxBatchBytes().asLongValue() / cursors.size());
        return queue.changes(webhook, cursors, limit, bytes)
                .compose(pages -> batch ? postTogether(pages) : postEach(pages));
    }

    private Future<Boolean> postTogether(List<RoomPage> pages) {
        List<WebhookEvent> events =
                pages.stream().flatMap(page -> page.events().stream()).toList();
        if (events.isEmpty()) {
            return queue.save(webhook, pages, List.of());
        }
        return post(events).compose(result -> {
            List<WebhookDelivery> deliveries = List.of(WebhookDelivery.of(result, events));
            return result.outcome() == DeliveryOutcome.DELIVERED
                    ? took(pages, deliveries)
                    : queue.save(webhook, List.of(), deliveries).compose(logged -> failed(result));
        });
    }

    /** Posts the rooms concurrently. */
    private Future<Boolean> postEach(List<RoomPage> pages) {
        List<RoomProgress> rooms = pages.stream().map(RoomProgress::new).toList();
        return Future.join(rooms.stream()
                        .map(room -> requests.run(() -> post(room, rooms)))
                        .toList())
                .compose(done -> {
                    List<RoomPage> posted =
                            rooms.stream().map(RoomProgress::posted).toList();
                    List<WebhookDelivery> deliveries = rooms.stream()
                            .flatMap(room -> room.deliveries.stream())
                            .toList();
                    PostResult failure = rooms.stream()
                            .map(room -> room.failure)
                            .filter(result -> result != null)
                            .findFirst()
                            .orElse(null);
                    return failure == null
                            ? took(posted, deliveries)
                            : queue.save(webhook, posted, deliveries).compose(saved -> failed(failure));
                });
    }

    /** Posts one change after the other. After a failure no further request is sent for any room. */
    private Future<Void> post(RoomProgress room, List<RoomProgress> all) {
        boolean failed = all.stream().anyMatch(each -> each.failure != null);
        if (failed || room.isDone() || !goesOn()) {
            return Future.succeededFuture();
        }
        List<WebhookEvent> event = List.of(room.next());
        return post(event).compose(result -> {
            room.add(result, event);
            return post(room, all);
        });
    }

    private Future<PostResult> post(List<WebhookEvent> events) {
        PostTarget target = webhook.target();
        return client.post(target.url(), target.secrets(), events, target.batch())
                .onSuccess(result -> metrics.posted(result, events.size()));
    }

    private Future<Boolean> took(List<RoomPage> posted, List<WebhookDelivery> deliveries) {
        return queue.save(webhook, posted, deliveries).compose(saved -> {
            if (!saved || recovered || deliveries.isEmpty()) {
                return Future.succeededFuture(saved);
            }
            recovered = true;
            return queue.recovered(webhook).map(true);
        });
    }

    private Future<Boolean> failed(PostResult result) {
        Duration backoff = new Backoff(SHORTEST, config.minBackoff(), config.maxBackoff())
                .random(recovered ? 0 : webhook.attempts());
        Duration wait = backoff.compareTo(result.retryAfter()) < 0 ? result.retryAfter() : backoff;
        return queue.fail(webhook, result.summary(), wait, result.outcome() == DeliveryOutcome.GONE)
                .map(enabled -> {
                    if (!enabled) {
                        metrics.givenUp();
                    }
                    return false;
                });
    }

    /** The progress of a room in this round. Changed by one request at a time. */
    private static final class RoomProgress {

        private final RoomPage page;
        private final List<WebhookDelivery> deliveries = new ArrayList<>();
        private volatile PostResult failure;
        private int taken;

        RoomProgress(RoomPage page) {
            this.page = page;
        }

        boolean isDone() {
            return taken == page.events().size();
        }

        WebhookEvent next() {
            return page.events().get(taken);
        }

        void add(PostResult result, List<WebhookEvent> event) {
            deliveries.add(WebhookDelivery.of(result, event));
            if (result.outcome() == DeliveryOutcome.DELIVERED) {
                taken++;
            } else {
                failure = result;
            }
        }

        /** The page up to the last success. */
        RoomPage posted() {
            if (isDone()) {
                return page;
            }
            RoomCursor from = page.from();
            long rev = taken == 0 ? from.rev() : page.events().get(taken - 1).rev();
            return new RoomPage(from, new RoomCursor(from.room(), rev, from.known()), List.of());
        }
    }
}
