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

@Path("/api/rooms/{room}/read")
@Authenticated
class ReadResource {

    record ReadBody(@NotNull @Min(0) Long seq) {}

    private final SecurityIdentity identity;
    private final ReadMarks marks;
    private final UserProfiles profiles;

    ReadResource(SecurityIdentity identity, ReadMarks marks, UserProfiles profiles) {
        this.identity = identity;
        this.marks = marks;
        this.profiles = profiles;
    }

    @PUT
    public CompletionStage<ReadMark> read(@PathParam("room") UUID room, @NotNull @Valid ReadBody place) {
        return marks.move(room, profiles.sender(Caller.of(identity)), place.seq())
                .map(seq -> new ReadMark(room, seq))
                .toCompletionStage();
    }
}
