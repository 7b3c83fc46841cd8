package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Invitations, which are accepted by {@code PUT …/members/{me}} and declined by {@code DELETE}. */
@Tag(name = "members")
@Path("/api/rooms")
@Authenticated
class InvitationResource {

    private final SecurityIdentity identity;
    private final InvitationRepository invitations;
    private final RoomAccess rooms;

    InvitationResource(SecurityIdentity identity, InvitationRepository invitations, RoomAccess rooms) {
        this.identity = identity;
        this.invitations = invitations;
        this.rooms = rooms;
    }

    /** The invitations of the caller. */
    @GET
    @Path("invitations")
    @Operation(
            operationId = "listInvitations",
            summary = "List the invitations of the caller",
            description = "Each is accepted by `PUT …/members/{user}` and declined by `DELETE`.")
    @APIResponse(responseCode = "200", description = "A page of invitations")
    public CompletionStage<Page<Invitation>> mine(@BeanParam @Valid PageRequest paging) {
        return invitations
                .ofPerson(Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(
                        found, paging.limit(), invitation -> invitation.room().id()))
                .toCompletionStage();
    }

    /** The invitations into a room, for its owners. */
    @GET
    @Path("{room}/invitations")
    @Operation(
            operationId = "listRoomInvitations",
            summary = "List the invitations into a room",
            description = "As an owner.")
    @APIResponse(responseCode = "200", description = "A page of invitations")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<Page<Invitation>> ofRoom(
            @PathParam("room") UUID room, @BeanParam @Valid PageRequest paging) {
        return rooms.owned(room, Caller.of(identity).id())
                .compose(view -> invitations.ofRoom(room, paging.afterId(), paging.limit() + 1))
                .map(found -> Page.of(
                        found, paging.limit(), invitation -> invitation.user().id()))
                .toCompletionStage();
    }
}
