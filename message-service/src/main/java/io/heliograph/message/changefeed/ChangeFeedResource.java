package io.heliograph.message.changefeed;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.identity.CallerResolver;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.message.room.RoomView;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The replay of a join with {@code after}, for clients without a WebSocket. */
@Tag(name = "messages")
@Path("/api/rooms/{room}/changes")
@Authenticated
class ChangeFeedResource {

    /** In milliseconds: less than the usual response timeout of proxies, 30 s. */
    private static final int MAX_WAIT_MILLIS = 25_000;

    private record Request(UUID room, UUID user, long after, long since, int limit) {}

    private final SecurityIdentity identity;
    private final CallerResolver callers;
    private final RoomAccess rooms;
    private final LiveDelivery delivery;
    private final ChangeWaits waits;

    ChangeFeedResource(
            SecurityIdentity identity,
            CallerResolver callers,
            RoomAccess rooms,
            LiveDelivery delivery,
            ChangeWaits waits) {
        this.identity = identity;
        this.callers = callers;
        this.rooms = rooms;
        this.delivery = delivery;
        this.waits = waits;
    }

    /**
     * The changes after a revision; each changed message once, in its current state. If there is none, the response
     * waits for one, for up to {@code waitMs} milliseconds.
     *
     * @param since the revision before the first of several pages, which decides which messages are new to the caller;
     *     by default {@code after}
     */
    @GET
    @Operation(
            operationId = "listChanges",
            summary = "Read the changes of a room",
            description =
                    "As a member: the changes that a join with `after` replays, each changed message once and in its current state. If there is none, the response waits for one, for up to `waitMs` milliseconds.")
    @APIResponse(responseCode = "200", description = "A page of changes")
    @APIResponse(responseCode = "400", description = "`after_beyond_end`")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "429", description = "`too_many_waits`")
    public CompletionStage<RoomChanges> changes(
            @PathParam("room") UUID room,
            @Parameter(description = "Changes after this revision") @QueryParam("after") @DefaultValue("0") @Min(0)
                    long after,
            @Parameter(
                            description =
                                    "The revision of the caller before the first of several pages; it decides which messages are new")
                    @QueryParam("since")
                    @Min(0)
                    Long since,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Parameter(description = "How long to wait for a change, in milliseconds")
                    @QueryParam("waitMs")
                    @DefaultValue("0")
                    @Min(0)
                    @Max(MAX_WAIT_MILLIS)
                    int waitMs,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Context RoutingContext exchange) {
        if (since != null && since > after) {
            throw ProblemException.invalid(List.of(new FieldError("since", "must be at most after")));
        }
        Request request = new Request(room, Caller.of(identity).id(), after, since == null ? after : since, limit);
        return admit(request)
                .compose(head -> head > after || waitMs == 0
                        ? read(request, head)
                        : await(request, waitMs, authorization, exchange))
                .toCompletionStage();
    }

    /** The head of the room on the primary. */
    private Future<Long> admit(Request request) {
        return rooms.joined(request.room, request.user).compose(view -> checkAfter(request, view));
    }

    private static Future<Long> checkAfter(Request request, RoomView view) {
        long head = view.room().rev();
        return request.after <= head ? Future.succeededFuture(head) : Future.failedFuture(RoomAccess.afterBeyondEnd());
    }

    /** Checks token and membership again, since the caller may have lost access while it waited. */
    private Future<RoomChanges> await(Request request, int waitMs, String authorization, RoutingContext exchange) {
        LongPoll poll = new LongPoll(waitMs);
        // Also called when the connection is closed.
        exchange.addEndHandler(gone -> poll.end());
        return waits.await(request.room, request.user, request.after, poll)
                .compose(ended -> exchange.response().closed()
                        ? Future.succeededFuture(RoomChanges.none(request.after))
                        : callers.byAuthorization(authorization)
                                .compose(caller -> admit(request))
                                .compose(head -> read(request, head)));
    }

    private Future<RoomChanges> read(Request request, long head) {
        return head == request.after
                ? Future.succeededFuture(RoomChanges.none(head))
                : delivery.changesAfter(request.room, request.after, request.since, head)
                        .map(page -> RoomChanges.of(page, request.limit));
    }
}
