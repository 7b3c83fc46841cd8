package io.heliograph.message.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Tag(name = "rooms")
@Path("/api/rooms/{room}/events")
@Authenticated
class EventResource {

    /** {@code data} is any JSON, of up to 4,096 bytes, and may be left out. */
    @Schema(name = "NewEvent")
    record EventBody(
            @Schema(examples = "cursor.moved")
            @NotNull
            @Pattern(regexp = RoomEvent.NAME, message = RoomEvent.NAME_FAULT)
            String name,

            @Schema(implementation = Object.class, nullable = true)
            JsonNode data) {}

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final UserProfiles profiles;
    private final EventPublisher publisher;

    EventResource(SecurityIdentity identity, RoomAccess rooms, UserProfiles profiles, EventPublisher publisher) {
        this.identity = identity;
        this.rooms = rooms;
        this.profiles = profiles;
        this.publisher = publisher;
    }

    /** Responds when the event is being delivered. Connections that have not joined the room by then never get it. */
    @POST
    @ResponseStatus(202)
    @Operation(
            operationId = "publishEvent",
            summary = "Publish an event to those who have joined a room",
            description =
                    "As a member, or as an integrator in any room. It is not stored and may be lost: connections that have joined the room get it at most once, as an `event` frame.")
    @APIResponse(responseCode = "202", description = "The event is being delivered")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<Void> publish(@PathParam("room") UUID room, @NotNull @Valid EventBody body) {
        RoomEvent event = RoomEvent.of(body.name(), body.data());
        if (event.fault() != null) {
            throw ProblemException.invalid(List.of(new FieldError("data", event.fault())));
        }
        Caller caller = Caller.of(identity);
        publisher.charge(caller.id());
        return rooms.managed(room, caller)
                .<Void>map(view -> {
                    publisher.publish(room, profiles.sender(caller), event);
                    return null;
                })
                .toCompletionStage();
    }
}
