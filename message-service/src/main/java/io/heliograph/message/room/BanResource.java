package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.request.Text;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Bans from a room, for its owners, for integrators and for administrators. */
@Tag(name = "rooms")
@APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
@APIResponse(responseCode = "404", description = "`room_not_found`")
@Path("/api/rooms/{room}/bans")
@Authenticated
class BanResource {

    /** In characters, for the reason of any action on another user. */
    static final int MAX_REASON = 500;

    /** The end of the range of times that are accepted. */
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    /** The body is optional. Without {@code until} the ban has no end. */
    @Schema(name = "NewRoomBan")
    record BanBody(
            @Schema(examples = "spam") @Text(max = MAX_REASON)
            String reason,

            Instant until) {}

    private static final BanBody FOR_EVER = new BanBody(null, null);

    private final SecurityIdentity identity;
    private final BanService bans;

    BanResource(SecurityIdentity identity, BanService bans) {
        this.identity = identity;
        this.bans = bans;
    }

    @GET
    @Operation(
            operationId = "listRoomBans",
            summary = "List who is banned from a room",
            description = "As an owner, an integrator or an administrator, in the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of bans")
    public CompletionStage<Page<Ban>> list(@PathParam("room") UUID room, @BeanParam @Valid PageRequest paging) {
        return bans.list(room, Caller.of(identity), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), ban -> ban.user().id()))
                .toCompletionStage();
    }

    /** May be repeated, with another reason or end. */
    @PUT
    @Path("{user}")
    @Operation(
            operationId = "banFromRoom",
            summary = "Ban a user from a room",
            description =
                    "As an owner, an integrator or an administrator. Removes the user, who cannot join, be added or be invited until the ban ends; their sockets leave the room at once. May be repeated with another reason or end.")
    @APIResponse(responseCode = "200", description = "The ban")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `user_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_bans`, `direct_room`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    public CompletionStage<Ban> ban(
            @PathParam("room") UUID room,
            @PathParam("user") UUID user,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestBody(required = false) @Valid BanBody body) {
        BanBody ban = body == null ? FOR_EVER : body;
        checkEnd(ban.until());
        return bans.ban(room, user, ban.reason(), ban.until(), Caller.of(identity), authorization)
                .toCompletionStage();
    }

    @DELETE
    @Path("{user}")
    @Operation(
            operationId = "liftRoomBan",
            summary = "Lift a ban from a room",
            description = "As an owner, an integrator or an administrator. This does not make the user a member again.")
    @APIResponse(responseCode = "204", description = "The user is not banned")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `ban_not_found`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<Void> lift(@PathParam("room") UUID room, @PathParam("user") UUID user) {
        return bans.lift(room, user, Caller.of(identity)).toCompletionStage();
    }

    private static void checkEnd(Instant until) {
        if (until != null && !(until.isAfter(Instant.now()) && until.isBefore(TOO_LATE))) {
            throw ProblemException.invalid(List.of(new FieldError("until", "must be in the future")));
        }
    }
}
