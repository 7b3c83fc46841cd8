package io.heliograph.message.room;

import io.heliograph.message.page.Page;
import io.heliograph.message.page.Paging;
import io.heliograph.message.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;

/**
 * Where a client starts from. A page is one snapshot of the primary: what it shows of a room is exactly what had
 * happened up to the {@code rev} it names, so that a join after that rev continues it without a gap.
 */
@Path("/api/messages/sync")
@Authenticated
class SyncResource {

    private final SecurityIdentity identity;
    private final RoomRepository repository;

    SyncResource(SecurityIdentity identity, RoomRepository repository) {
        this.identity = identity;
        this.repository = repository;
    }

    @GET
    public CompletionStage<Page<Membership>> sync(@BeanParam @Valid Paging paging) {
        return repository
                .sync(Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Membership::id))
                .toCompletionStage();
    }
}
