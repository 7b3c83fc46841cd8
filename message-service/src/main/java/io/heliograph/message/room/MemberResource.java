package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.request.Text;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

// Responses whose types are in no signature.
@RegisterForReflection(targets = {Member.class, Invitation.class, Invitation.InvitedTo.class})
@Tag(name = "members")
@Path("/api/rooms/{room}/members")
@Authenticated
class MemberResource {

    /** A few statements each of some milliseconds, under the lock of the room. */
    private static final int MAX_BATCH = 1_000;

    /** The body is optional; without a role a new member has the role {@code member}. */
    @Schema(name = "MemberChange")
    record MemberBody(Role role) {}

    @Schema(name = "NewMember")
    record MemberBatchItem(@NotNull UUID user) {}

    @Schema(name = "NewMembers")
    record MemberBatchBody(
            @NotNull @Size(min = 1, max = MAX_BATCH) List<@NotNull @Valid MemberBatchItem> members) {}

    private final SecurityIdentity identity;
    private final MemberRepository members;
    private final AdmissionService admissions;
    private final RoomAccess rooms;
    private final MemberRemovalService removals;

    MemberResource(
            SecurityIdentity identity,
            MemberRepository members,
            AdmissionService admissions,
            RoomAccess rooms,
            MemberRemovalService removals) {
        this.identity = identity;
        this.members = members;
        this.admissions = admissions;
        this.rooms = rooms;
        this.removals = removals;
    }

    @GET
    @Operation(
            operationId = "listMembers",
            summary = "List the members of a room",
            description = "As a member, an integrator or an administrator, in the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of members")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<Page<Member>> list(@PathParam("room") UUID room, @BeanParam @Valid PageRequest paging) {
        Caller caller = Caller.of(identity);
        return (caller.isModerator() ? rooms.existing(room, caller.id()) : rooms.joined(room, caller.id()))
                .compose(view -> members.list(room, paging.afterId(), paging.limit() + 1))
                .map(found -> Page.of(found, paging.limit(), Member::id))
                .toCompletionStage();
    }

    /**
     * Joins a public room or accepts an invitation; or as an owner adds a user, invites a user (202), or gives or
     * offers (202) a role. An admin may give a role in any room; an integrator may do all of this in any room.
     */
    @PUT
    @Path("{user}")
    @Operation(
            operationId = "putMember",
            summary = "Join a room, add or invite a user, or change a role",
            description =
                    "As the user: joins a public room or accepts an invitation. As an owner: adds a user who is known to the owner, invites others, gives a role or offers ownership. An administrator may give a role in any room.")
    @APIResponse(
            responseCode = "200",
            description = "The member",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Member.class)))
    @APIResponse(
            responseCode = "202",
            description = "The user is invited",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Invitation.class)))
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`, `blocked`, `banned`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `user_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_rooms`, `too_many_invitations`, `last_owner`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<RestResponse<Object>> put(
            @PathParam("room") UUID room,
            @PathParam("user") UUID user,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestBody(required = false) @Valid MemberBody body) {
        Caller caller = Caller.of(identity);
        Role role = body == null ? null : body.role();
        Future<Admission> admission = user.equals(caller.id())
                ? admissions.join(room, caller, role)
                : admissions.add(room, user, role, caller, authorization);
        return admission.map(MemberResource::answer).toCompletionStage();
    }

    /** As an owner or as an integrator, adds up to 1,000 users in one step; returns the result for each user. */
    @POST
    @Path("batch")
    @Operation(
            operationId = "addMembers",
            summary = "Add up to 1,000 users to a room",
            description = "As an owner, in one step. A user who cannot be added does not affect the others.")
    @APIResponse(responseCode = "200", description = "The result for each user, in the order of the request")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<BatchAddResult> add(
            @PathParam("room") UUID room,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid MemberBatchBody batch) {
        List<UUID> people = batch.members().stream().map(MemberBatchItem::user).toList();
        if (Set.copyOf(people).size() < people.size()) {
            throw ProblemException.invalid(List.of(new FieldError("members", "must name nobody twice")));
        }
        return admissions
                .addAll(room, people, Caller.of(identity), authorization)
                .map(BatchAddResult::new)
                .toCompletionStage();
    }

    /**
     * Leaves the room or declines an invitation, or as an owner, integrator or admin removes a member or withdraws an
     * invitation. If no owner is left, the longest-standing member becomes one; with its last member a private room is
     * removed.
     */
    @DELETE
    @Path("{user}")
    @Operation(
            operationId = "removeMember",
            summary = "Leave a room, remove a member or withdraw an invitation",
            description =
                    "As the user: leaves or declines an invitation. As an owner, an integrator or an administrator: removes a member or withdraws an invitation. If no owner is left, the longest-standing member becomes one; a private room ends with its last member.")
    @APIResponse(responseCode = "204", description = "The user is not in the room")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `member_not_found`")
    public CompletionStage<Void> remove(
            @PathParam("room") UUID room,
            @PathParam("user") UUID user,
            @Parameter(description = "The reason for removing another user, for the audit log")
                    @QueryParam("reason")
                    @Text(max = BanResource.MAX_REASON)
                    String reason) {
        Caller caller = Caller.of(identity);
        return (user.equals(caller.id())
                        ? removals.leave(room, caller.id())
                        : removals.remove(room, user, reason, caller))
                .toCompletionStage();
    }

    private static RestResponse<Object> answer(Admission admission) {
        if (admission instanceof Admission.Invited invited) {
            return ResponseBuilder.<Object>create(RestResponse.Status.ACCEPTED, invited.invitation())
                    .build();
        }
        return RestResponse.ok(((Admission.Joined) admission).member());
    }
}
