package io.heliograph.message.change;

import io.heliograph.message.message.Message;
import io.heliograph.message.problem.FieldError;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.request.Text;
import io.heliograph.message.send.Send;
import io.heliograph.message.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

@Path("/api/rooms/{room}/messages/{seq:\\d{1,18}}")
@Authenticated
class ChangeResource {

    record Edit(@NotNull @Text(max = Send.MAX_CONTENT) String content) {}

    private final SecurityIdentity identity;
    private final ChangeService changes;

    ChangeResource(SecurityIdentity identity, ChangeService changes) {
        this.identity = identity;
        this.changes = changes;
    }

    @PATCH
    public CompletionStage<Message> edit(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @NotNull @Valid Edit edit) {
        return changes.edit(room, seq, Caller.of(identity), edit.content()).toCompletionStage();
    }

    @DELETE
    public CompletionStage<Void> delete(@PathParam("room") UUID room, @PathParam("seq") long seq) {
        return changes.delete(room, seq, Caller.of(identity)).<Void>mapEmpty().toCompletionStage();
    }

    @PUT
    @Path("reactions/{emoji}")
    // Without a body clients send any content type or none.
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Message> react(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return changes.react(room, seq, Caller.of(identity), checked(emoji)).toCompletionStage();
    }

    @DELETE
    @Path("reactions/{emoji}")
    public CompletionStage<Message> takeBack(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return changes.takeBack(room, seq, Caller.of(identity), checked(emoji)).toCompletionStage();
    }

    /** In the form in which it is stored. */
    private static String checked(String emoji) {
        return Emoji.of(emoji)
                .orElseThrow(() -> Refusal.invalid(List.of(new FieldError("emoji", "must be one emoji of Unicode"))));
    }
}
