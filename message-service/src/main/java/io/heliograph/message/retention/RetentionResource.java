package io.heliograph.message.retention;

import io.heliograph.auth.Caller;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long messages are kept in a room. */
@Tag(name = "rooms")
@APIResponse(responseCode = "403", description = "`not_a_member`, `forbidden`")
@APIResponse(responseCode = "404", description = "`room_not_found`")
@Path("/api/rooms/{room}/retention")
@Authenticated
class RetentionResource {

    @Schema(name = "NewRetention")
    record RetentionBody(
            @Schema(examples = "90") @NotNull @Min(1) @Max(Retention.MAX_DAYS)
            Integer days) {}

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final RetentionRepository repository;

    RetentionResource(SecurityIdentity identity, RoomAccess rooms, RetentionRepository repository) {
        this.identity = identity;
        this.rooms = rooms;
        this.repository = repository;
    }

    @GET
    @Operation(
            operationId = "getRetention",
            summary = "Read how long messages are kept in a room",
            description = "As a member, or as an administrator.")
    @APIResponse(responseCode = "200", description = "How long")
    public CompletionStage<Retention> read(@PathParam("room") UUID room) {
        return rooms.kept(room, Caller.of(identity))
                .compose(view -> repository.find(room))
                .map(RetentionResource::existing)
                .toCompletionStage();
    }

    @PUT
    @Operation(
            operationId = "setRetention",
            summary = "Set how many days messages are kept in a room",
            description =
                    "As an administrator, or as an integrator who is in the room. The content of older messages is removed, and a later change does not restore it. No room keeps them longer than the installation.")
    @APIResponse(responseCode = "200", description = "How long messages are kept now")
    public CompletionStage<Retention> set(@PathParam("room") UUID room, @NotNull @Valid RetentionBody body) {
        return keep(room, body.days()).toCompletionStage();
    }

    @DELETE
    @Operation(
            operationId = "unsetRetention",
            summary = "Keep messages in a room as long as in the installation",
            description = "As an administrator, or as an integrator who is in the room.")
    @APIResponse(responseCode = "200", description = "How long messages are kept now")
    public CompletionStage<Retention> unset(@PathParam("room") UUID room) {
        return keep(room, null).toCompletionStage();
    }

    private Future<Retention> keep(UUID room, Integer days) {
        Caller caller = Caller.of(identity);
        AuditEvent event =
                AuditEvent.ofRoom(AuditKind.RETENTION_CHANGE, caller.id(), room).details(JsonObject.of("days", days));
        return rooms.kept(room, caller)
                .compose(view -> caller.isModerator()
                        ? repository.set(event, days)
                        : Future.failedFuture(ProblemException.of(
                                Status.FORBIDDEN,
                                "forbidden",
                                "Only an administrator or an integrator decides how long messages are kept.")))
                .map(RetentionResource::existing);
    }

    private static Retention existing(Optional<Retention> found) {
        return found.orElseThrow(RoomAccess::notFound);
    }
}
