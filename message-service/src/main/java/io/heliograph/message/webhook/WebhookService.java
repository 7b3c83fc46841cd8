package io.heliograph.message.webhook;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressException;
import io.heliograph.message.egress.EgressException.Reason;
import io.heliograph.message.idempotency.IdempotencyRepository;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Validates webhooks before they are stored, and posts tests. */
@Singleton
final class WebhookService {

    private final WebhookRepository repository;
    private final WebhookDeliveryRepository deliveries;
    private final WebhookCursorRepository cursors;
    private final WebhookClient client;
    private final WebhookDispatcher dispatcher;
    private final ChangedRooms changed;
    private final WebhookMetrics metrics;
    private final RoomAccess rooms;
    private final UserProfiles profiles;
    private final IdempotencyRepository keys;
    private final RateLimit tests;

    WebhookService(
            WebhookRepository repository,
            WebhookDeliveryRepository deliveries,
            WebhookCursorRepository cursors,
            WebhookClient client,
            WebhookDispatcher dispatcher,
            ChangedRooms changed,
            WebhookMetrics metrics,
            RoomAccess rooms,
            UserProfiles profiles,
            IdempotencyRepository keys,
            WebhookConfig config) {
        this.repository = repository;
        this.deliveries = deliveries;
        this.cursors = cursors;
        this.client = client;
        this.dispatcher = dispatcher;
        this.changed = changed;
        this.metrics = metrics;
        this.rooms = rooms;
        this.profiles = profiles;
        this.keys = keys;
        this.tests = RateLimit.perMinute("test webhooks", config::testsPerMinute, System::nanoTime);
    }

    /** {@code request} is null without an idempotency key. */
    Future<Webhook> create(Caller caller, NewWebhook wanted, IdempotentRequest request) {
        return checkUrl(wanted.url())
                .compose(checked -> checkRooms(caller.id(), wanted.rooms()))
                .compose(checked -> profiles.store(caller))
                .compose(stored -> repository.create(caller.id(), wanted, WebhookSecret.random(), request))
                .onSuccess(created -> changed.setWanted(true));
    }

    /** The owner is null for an admin. Rooms are those of the owner of the webhook, even if an admin changes it. */
    Future<Webhook> change(UUID webhook, UUID owner, WebhookPatch patch) {
        return find(webhook, owner)
                .compose(found -> (patch.newUrl() == null ? Future.<Void>succeededFuture() : checkUrl(patch.newUrl()))
                        .compose(checked -> checkRooms(found.owner(), patch.newRooms())))
                .compose(checked -> repository.change(webhook, owner, patch))
                .map(changedWebhook -> changedWebhook.orElseThrow(WebhookRepository::notFound))
                .onSuccess(changedWebhook -> {
                    changed.setWanted(true);
                    dispatcher.wake();
                });
    }

    Future<Webhook> find(UUID webhook, UUID owner) {
        return repository.find(webhook, owner).map(found -> found.orElseThrow(WebhookRepository::notFound));
    }

    /** Posts a test, even for a disabled webhook. */
    Future<WebhookDelivery> test(Caller caller, UUID webhook, UUID owner) {
        tests.charge(caller.id(), 1);
        List<WebhookEvent> test = List.of(WebhookEvent.test());
        return repository
                .target(webhook, owner)
                .map(found -> found.orElseThrow(WebhookRepository::notFound))
                .compose(target -> client.post(target.url(), target.secrets(), test, target.batch()))
                .map(result -> {
                    metrics.posted(result, 0);
                    return WebhookDelivery.of(result, test);
                })
                .compose(delivery -> deliveries.log(webhook, delivery).map(delivery));
    }

    /**
     * Posts changes again. Endpoints may get a change more than once, so a repetition does no harm; the key prevents
     * that a late one starts over. {@code request} is null without a key.
     */
    Future<Answer<RedeliveryStart>> redeliver(UUID webhook, UUID owner, Instant since, IdempotentRequest request) {
        return find(webhook, owner)
                .compose(found -> keys.<RedeliveryStart>find(request))
                .compose(repeated -> repeated.isPresent()
                        ? Future.succeededFuture(repeated.get())
                        : cursors.setBack(webhook, since)
                                .onSuccess(moved -> dispatcher.wake())
                                .compose(moved -> keys.done(request, new RedeliveryStart(moved))));
    }

    /** Rejects addresses that are never allowed. An unknown host may exist later. */
    private Future<Void> checkUrl(String url) {
        try {
            return client.check(Destination.of(url)).recover(refused -> Future.failedFuture(problem(refused)));
        } catch (EgressException refused) {
            return Future.failedFuture(problem(refused));
        }
    }

    private static Throwable problem(Throwable failure) {
        if (!(failure instanceof EgressException refused)) {
            return failure;
        }
        return refused.reason() == Reason.NOT_AN_ADDRESS
                ? ProblemException.invalid(List.of(new FieldError("url", refused.getMessage())))
                : ProblemException.unprocessable("url_refused", refused.getMessage());
    }

    private Future<Void> checkRooms(UUID owner, List<UUID> wanted) {
        return wanted == null
                ? Future.succeededFuture()
                : Future.all(wanted.stream()
                                .distinct()
                                .map(room -> rooms.joined(room, owner))
                                .toList())
                        .mapEmpty();
    }
}
