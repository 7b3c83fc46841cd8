package io.heliograph.message.sync;

import io.heliograph.auth.Caller;
import io.heliograph.message.account.AccountEvents;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.room.Membership;
import io.heliograph.message.room.RoomAccess;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The initial state of a client. A page is one snapshot of the primary: it has the changes of a room up to exactly its
 * {@code rev}, so that a join after that rev continues without a gap. Presence is not part of the snapshot; its changes
 * follow as {@code presence} events from the join on.
 */
@Tag(name = "messages")
@Path("/api/messages/sync")
@Authenticated
class SyncResource {

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final Presence presence;
    private final AccountEvents accounts;

    SyncResource(SecurityIdentity identity, RoomAccess rooms, Presence presence, AccountEvents accounts) {
        this.accounts = accounts;
        this.identity = identity;
        this.rooms = rooms;
        this.presence = presence;
    }

    @GET
    @Operation(
            operationId = "syncRooms",
            summary = "Read the initial state of a client",
            description =
                    "A consistent snapshot of the rooms of the caller, with unread counts, read marks, members online and the `rev` to join each room with. `accountRev` is the number of the latest change of the caller's memberships.")
    @APIResponse(responseCode = "200", description = "A page of rooms")
    public CompletionStage<SyncPage> sync(@BeanParam @Valid PageRequest paging) {
        UUID caller = Caller.of(identity).id();
        // Read before the rooms: a change in between is sent once more, and none is missed.
        return accounts.rev(caller)
                .compose(rev -> rooms.snapshot(caller, paging.afterId(), paging.limit() + 1)
                        .map(found -> Page.of(found, paging.limit(), Membership::id))
                        .compose(this::withPresence)
                        .map(page -> new SyncPage(page.items(), page.next(), rev)))
                .toCompletionStage();
    }

    private Future<Page<RoomSnapshot>> withPresence(Page<Membership> page) {
        return presence.online(page.items().stream().map(Membership::id).toList())
                .map(online -> {
                    List<RoomSnapshot> items = page.items().stream()
                            .map(room -> new RoomSnapshot(room, online.get(room.id())))
                            .toList();
                    return new Page<>(items, page.next());
                });
    }
}
