package io.heliograph.message.webhook;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Integrators see and change their own webhooks, admins all; for others a webhook does not exist. */
@Tag(name = "webhooks")
@APIResponse(responseCode = "403", description = "`forbidden`")
@APIResponse(responseCode = "404", description = "`webhook_not_found`")
@Path("/api/webhooks")
@Authenticated
class WebhookResource {

    private static final String INTEGRATOR = "integrator";

    /** {@code since} is a time. */
    @Schema(name = "RedeliveryRequest")
    record Redelivery(@NotNull Instant since) {}

    private final SecurityIdentity identity;
    private final WebhookService service;
    private final WebhookRepository repository;
    private final WebhookDeliveryRepository deliveries;

    WebhookResource(
            SecurityIdentity identity,
            WebhookService service,
            WebhookRepository repository,
            WebhookDeliveryRepository deliveries) {
        this.identity = identity;
        this.service = service;
        this.repository = repository;
        this.deliveries = deliveries;
    }

    /** The secret is in this response only. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createWebhook",
            summary = "Create a webhook",
            description =
                    "Role `integrator` or `admin`. The secret is only in this response, and in the responses to repetitions under the same key until it is replaced.")
    @APIResponse(
            responseCode = "201",
            description = "The webhook with its secret",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    @APIResponse(responseCode = "403", description = "`forbidden`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_webhooks`, `idempotency_key_used`")
    @APIResponse(responseCode = "422", description = "`url_refused`, `idempotency_key_reused`")
    public CompletionStage<RestResponse<Webhook>> create(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, @NotNull @Valid NewWebhook webhook) {
        owner();
        Caller caller = Caller.of(identity);
        IdempotentRequest request = IdempotentRequest.of(
                caller.id(),
                idempotencyKey,
                "createWebhook",
                webhook.url(),
                // In an order that is the same on every replica.
                EnumSet.copyOf(webhook.events()),
                webhook.rooms(),
                webhook.batch());
        return service.create(caller, webhook, request)
                .map(created -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, created)
                        .build())
                .toCompletionStage();
    }

    @GET
    @Operation(
            operationId = "listWebhooks",
            summary = "List the webhooks",
            description = "The webhooks of the caller; an admin sees all.")
    @APIResponse(responseCode = "200", description = "A page of webhooks")
    public CompletionStage<Page<Webhook>> list(@BeanParam @Valid PageRequest paging) {
        return repository
                .list(owner(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Webhook::id))
                .toCompletionStage();
    }

    @GET
    @Path("{webhook}")
    @Operation(operationId = "getWebhook", summary = "Read a webhook", description = "Without its secret.")
    @APIResponse(responseCode = "200", description = "The webhook")
    public CompletionStage<Webhook> webhook(@PathParam("webhook") UUID webhook) {
        return service.find(webhook, owner()).toCompletionStage();
    }

    /** Changes fields. Another address, or {@code enabled}, retries what was not posted at once. */
    @PATCH
    @Path("{webhook}")
    @Operation(
            operationId = "updateWebhook",
            summary = "Change a webhook",
            description =
                    "A field that is left out is not changed; `rooms` of null means all rooms. Another address, or `enabled`, retries the changes that were not posted.")
    @APIResponse(responseCode = "200", description = "The webhook as it is now")
    @APIResponse(responseCode = "403", description = "`forbidden`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`webhook_not_found`, `room_not_found`")
    @APIResponse(responseCode = "422", description = "`url_refused`")
    public CompletionStage<Webhook> change(@PathParam("webhook") UUID webhook, @NotNull @Valid WebhookPatch patch) {
        return service.change(webhook, owner(), patch).toCompletionStage();
    }

    @DELETE
    @Path("{webhook}")
    @Operation(
            operationId = "deleteWebhook",
            summary = "Delete a webhook",
            description = "Nothing more is posted to it.")
    @APIResponse(responseCode = "204", description = "The webhook is deleted")
    public CompletionStage<Void> remove(@PathParam("webhook") UUID webhook) {
        return repository
                .delete(webhook, owner())
                .compose(deleted ->
                        deleted ? Future.<Void>succeededFuture() : Future.failedFuture(WebhookRepository.notFound()))
                .toCompletionStage();
    }

    /** Creates a new secret. The previous one signs too for a day, so that an endpoint can switch. */
    @POST
    @Path("{webhook}/rotate")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook a new secret",
            description = "The previous secret also signs for a day, so that an endpoint can change over.")
    @APIResponse(responseCode = "200", description = "The new secret")
    @APIResponse(responseCode = "409", description = "`idempotency_key_used`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public CompletionStage<RotatedSecret> rotate(
            @PathParam("webhook") UUID webhook, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        UUID owner = owner();
        IdempotentRequest request = request(idempotencyKey, "rotateWebhookSecret", webhook);
        return repository
                .rotate(webhook, owner, WebhookSecret.random(), request)
                .toCompletionStage();
    }

    /** Posts an event of the type {@code test}, and returns the result. */
    @POST
    @Path("{webhook}/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Post a test event",
            description = "Posts an event of the type `test` now.")
    @APIResponse(responseCode = "200", description = "What became of it")
    @APIResponse(responseCode = "429", description = "`rate_limited`, `too_many_at_once`")
    public CompletionStage<WebhookDelivery> test(@PathParam("webhook") UUID webhook) {
        UUID owner = owner();
        return service.test(Caller.of(identity), webhook, owner).toCompletionStage();
    }

    /** The last requests, newest first. */
    @GET
    @Path("{webhook}/deliveries")
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List the requests to a webhook",
            description = "The last ones, newest first.")
    @APIResponse(responseCode = "200", description = "A page of requests")
    public CompletionStage<Page<WebhookDelivery>> deliveries(
            @PathParam("webhook") UUID webhook,
            @QueryParam("after") @Min(1) Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return service.find(webhook, owner())
                .compose(found -> deliveries.list(webhook, after == null ? Long.MAX_VALUE : after, limit + 1))
                .map(found -> Page.of(found, limit, logged -> Long.toString(logged.id())))
                .map(page -> new Page<>(
                        page.items().stream()
                                .map(WebhookDeliveryRepository.LoggedDelivery::delivery)
                                .toList(),
                        page.next()))
                .toCompletionStage();
    }

    /** Posts all changes since this time again. */
    @POST
    @Path("{webhook}/redeliver")
    @ResponseStatus(202)
    @Operation(
            operationId = "redeliverWebhook",
            summary = "Post changes again",
            description = "Posts all changes since a time again.")
    @APIResponse(
            responseCode = "202",
            description = "The number of rooms with changes to post again",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = RedeliveryStart.class)))
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public CompletionStage<RestResponse<Object>> redeliver(
            @PathParam("webhook") UUID webhook,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull @Valid Redelivery redelivery) {
        if (redelivery.since().isAfter(Instant.now())) {
            throw ProblemException.invalid(List.of(new FieldError("since", "must be in the past")));
        }
        IdempotentRequest request = request(idempotencyKey, "redeliverWebhook", webhook, redelivery.since());
        return service.redeliver(webhook, owner(), redelivery.since(), request)
                .map(answer -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, answer.body())
                        .build())
                .toCompletionStage();
    }

    private IdempotentRequest request(String idempotencyKey, Object... asked) {
        return IdempotentRequest.of(Caller.of(identity).id(), idempotencyKey, asked);
    }

    /** The owner whose webhooks the caller may see; null for all. */
    private UUID owner() {
        Caller caller = Caller.of(identity);
        if (caller.isAdmin()) {
            return null;
        }
        if (!caller.roles().contains(INTEGRATOR)) {
            throw ProblemException.of(Status.FORBIDDEN, "forbidden", "This is for integrators and admins.");
        }
        return caller.id();
    }
}
