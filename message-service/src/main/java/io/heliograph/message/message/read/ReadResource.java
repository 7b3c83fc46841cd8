package io.heliograph.message.message.read;

import io.heliograph.auth.Caller;
import io.heliograph.message.profile.UserProfiles;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "messages")
@Path("/api/rooms/{room}/read")
@Authenticated
class ReadResource {

    /** {@code force} can also move the mark back. */
    @Schema(name = "ReadRequest")
    record ReadBody(@NotNull @Min(0) Long seq, boolean force) {}

    private final SecurityIdentity identity;
    private final ReadMarks marks;
    private final UserProfiles profiles;

    ReadResource(SecurityIdentity identity, ReadMarks marks, UserProfiles profiles) {
        this.identity = identity;
        this.marks = marks;
        this.profiles = profiles;
    }

    @PUT
    @Operation(
            operationId = "markRead",
            summary = "Move the read mark of the caller",
            description =
                    "Forward only: a lower `seq` leaves it where it is, unless `force` is true, which marks the messages after it as unread.")
    @APIResponse(responseCode = "200", description = "The read mark as it is now")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<ReadMark> read(@PathParam("room") UUID room, @NotNull @Valid ReadBody place) {
        return marks.move(room, profiles.sender(Caller.of(identity)), place.seq(), place.force())
                .map(seq -> new ReadMark(room, seq))
                .toCompletionStage();
    }
}
