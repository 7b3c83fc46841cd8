package io.heliograph.message.presence;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.room.RoomAccess;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "members")
@Path("/api/rooms/{room}/presence")
@Authenticated
class PresenceResource {

    /** A page of the users who are online, of {@code online} in all. */
    @Schema(name = "OnlineUsers")
    record Online(
            List<OnlineUser> items,

            @Schema(type = SchemaType.STRING, nullable = true)
            Object next,

            int online) {}

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final Presence presence;

    PresenceResource(SecurityIdentity identity, RoomAccess rooms, Presence presence) {
        this.identity = identity;
        this.rooms = rooms;
        this.presence = presence;
    }

    @GET
    @Operation(
            operationId = "getPresence",
            summary = "List who is online in a room",
            description = "As a member, over all replicas, in the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of the users online, and how many there are")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<Online> online(@PathParam("room") UUID room, @BeanParam @Valid PageRequest paging) {
        return rooms.joined(room, Caller.of(identity).id())
                .compose(view -> presence.online(room, roster -> online(roster, paging)))
                .toCompletionStage();
    }

    private static Online online(Roster roster, PageRequest paging) {
        List<OnlineUser> found = roster.after(paging.afterId(), paging.limit() + 1);
        Page<OnlineUser> page = Page.of(found, paging.limit(), OnlineUser::id);
        return new Online(page.items(), page.next(), roster.online());
    }
}
