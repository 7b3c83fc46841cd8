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

@Path("/api/rooms/{room}/presence")
@Authenticated
class PresenceResource {

    /** A page of the users who are online, of {@code online} in all. */
    record Online(List<OnlineUser> items, Object next, int online) {}

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final Presence presence;

    PresenceResource(SecurityIdentity identity, RoomAccess rooms, Presence presence) {
        this.identity = identity;
        this.rooms = rooms;
        this.presence = presence;
    }

    @GET
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
