package io.heliograph.message.audit;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "rooms")
@Path("/api/rooms/audit-events")
@RolesAllowed(Caller.ADMIN)
class AuditResource {

    private final AuditRepository repository;

    AuditResource(AuditRepository repository) {
        this.repository = repository;
    }

    @GET
    @Operation(
            operationId = "listRoomAuditEvents",
            summary = "List actions on the memberships, messages and rooms of other users",
            description =
                    "Role `admin`. Bans, removals, roles given by an administrator or integrator, deletions of messages of others, changes and deletions of rooms, retention; the newest first.")
    @APIResponse(responseCode = "200", description = "A page of events")
    public CompletionStage<Page<AuditRecord>> list(
            @Parameter(description = "Only what happened in this room") @QueryParam("room") UUID room,
            @Parameter(description = "Only what concerns this user") @QueryParam("user") UUID user,
            @BeanParam @Valid PageRequest paging) {
        return repository
                .list(paging.beforeId(), room, user, paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), AuditRecord::id))
                .toCompletionStage();
    }
}
