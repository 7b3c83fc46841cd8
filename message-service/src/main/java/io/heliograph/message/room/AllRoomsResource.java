package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All rooms, including private ones, for administrators. */
@Tag(name = "rooms")
@Path("/api/rooms/all")
@Authenticated
class AllRoomsResource {

    private final SecurityIdentity identity;
    private final AllRoomsRepository repository;

    AllRoomsResource(SecurityIdentity identity, AllRoomsRepository repository) {
        this.identity = identity;
        this.repository = repository;
    }

    @GET
    @Operation(
            operationId = "listAllRooms",
            summary = "List all rooms",
            description = "Role `admin`. Private ones too; the newest first.")
    @APIResponse(responseCode = "200", description = "A page of rooms")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    public CompletionStage<Page<Room>> list(@BeanParam @Valid PageRequest paging) {
        if (!Caller.of(identity).isAdmin()) {
            throw ProblemException.of(Status.FORBIDDEN, "forbidden", "This is for admins.");
        }
        return repository
                .newest(paging.beforeId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Room::id))
                .toCompletionStage();
    }
}
