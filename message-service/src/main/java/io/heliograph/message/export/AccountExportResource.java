package io.heliograph.message.export;

import io.heliograph.auth.Caller;
import io.heliograph.message.job.Job;
import io.heliograph.message.job.Jobs;
import io.heliograph.message.profile.UserProfiles;
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
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes on exports of all that is stored about a person. The gateway has a route of its own for this call. */
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

    /** What user-service stores is asked for now, with the token that is there. */
    @POST
    @ResponseStatus(202)
    public CompletionStage<RestResponse<Job>> export(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        UUID caller = Caller.of(identity).id();
        return profiles.stored(authorization)
                .compose(
                        lines -> jobs.enqueue(AccountExport.KIND, caller, JsonObject.of("lines", new JsonArray(lines))))
                .map(Jobs::accepted)
                .toCompletionStage();
    }
}
