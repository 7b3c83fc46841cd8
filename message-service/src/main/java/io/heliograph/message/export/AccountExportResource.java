package io.heliograph.message.export;

import io.heliograph.auth.Caller;
import io.heliograph.message.job.Job;
import io.heliograph.message.job.Jobs;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
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

/** Starts exports of all data of a user. The gateway has a separate route for this call. */
@Tag(name = "jobs")
@Path("/api/users/me/exports")
@Authenticated
class AccountExportResource {

    private final SecurityIdentity identity;
    private final Jobs jobs;
    private final UserProfiles profiles;

    AccountExportResource(SecurityIdentity identity, Jobs jobs, UserProfiles profiles) {
        this.identity = identity;
        this.jobs = jobs;
        this.profiles = profiles;
    }

    /** Requests the data of user-service at once, with the token of the caller. */
    @POST
    @ResponseStatus(202)
    @Operation(
            operationId = "exportAccount",
            summary = "Export what is stored about the caller",
            description = "A job writes it as JSON lines; its `result.url` is where to download it for 7 days.")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Job.class)))
    @APIResponse(responseCode = "429", description = "`too_many_jobs`, `job_storage_full`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public CompletionStage<RestResponse<Object>> export(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        UUID caller = Caller.of(identity).id();
        IdempotentRequest request = IdempotentRequest.of(caller, idempotencyKey, "exportAccount");
        return profiles.stored(authorization)
                .compose(lines ->
                        jobs.enqueue(AccountExport.KIND, caller, JsonObject.of("lines", new JsonArray(lines)), request))
                .map(Jobs::accepted)
                .toCompletionStage();
    }
}
