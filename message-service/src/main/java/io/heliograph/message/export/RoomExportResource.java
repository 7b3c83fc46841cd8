package io.heliograph.message.export;

import io.heliograph.auth.Caller;
import io.heliograph.message.job.Job;
import io.heliograph.message.job.Jobs;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Starts exports of rooms. Each is a job whose result has the address of the file. */
@Tag(name = "jobs")
@Path("/api/rooms/{room}/exports")
@Authenticated
class RoomExportResource {

    private final SecurityIdentity identity;
    private final Jobs jobs;
    private final RoomAccess rooms;

    RoomExportResource(SecurityIdentity identity, Jobs jobs, RoomAccess rooms) {
        this.identity = identity;
        this.jobs = jobs;
        this.rooms = rooms;
    }

    /** Exports the messages of a room; for owners. */
    @POST
    @ResponseStatus(202)
    @Operation(
            operationId = "exportRoom",
            summary = "Export the messages of a room",
            description =
                    "As an owner. A job writes them as JSON lines; its `result.url` is where to download them for 7 days.")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "429", description = "`too_many_jobs`, `job_storage_full`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public CompletionStage<RestResponse<Object>> export(
            @PathParam("room") UUID room, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        UUID caller = Caller.of(identity).id();
        IdempotentRequest request = IdempotentRequest.of(caller, idempotencyKey, "exportRoom", room);
        return rooms.owned(room, caller)
                .compose(
                        owned -> jobs.enqueue(RoomExport.KIND, caller, JsonObject.of("room", room.toString()), request))
                .map(Jobs::accepted)
                .toCompletionStage();
    }
}
