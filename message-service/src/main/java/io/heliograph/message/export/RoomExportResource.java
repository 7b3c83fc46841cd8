package io.heliograph.message.export;

import io.heliograph.auth.Caller;
import io.heliograph.message.job.Job;
import io.heliograph.message.job.Jobs;
import io.heliograph.message.room.RoomAccess;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes on exports of rooms. Each is a job, whose result names the address of the file. */
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

    /** As an owner: the messages of the room. */
    @POST
    @ResponseStatus(202)
    public CompletionStage<RestResponse<Job>> export(@PathParam("room") UUID room) {
        UUID caller = Caller.of(identity).id();
        return rooms.owned(room, caller)
                .compose(owned -> jobs.enqueue(RoomExport.KIND, caller, JsonObject.of("room", room.toString())))
                .map(Jobs::accepted)
                .toCompletionStage();
    }
}
