package io.heliograph.message.message.change;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.request.Text;
import io.heliograph.rest.caching.EntityTags;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Path("/api/rooms/{room}/messages/{seq:\\d{1,18}}")
@Authenticated
class ChangeResource {

    record Edit(
            @NotNull @Text(max = NewMessage.MAX_CONTENT, visible = true)
            String content) {}

    private final SecurityIdentity identity;
    private final ChangeService changes;

    ChangeResource(SecurityIdentity identity, ChangeService changes) {
        this.identity = identity;
        this.changes = changes;
    }

    @GET
    public CompletionStage<RestResponse<Message>> message(@PathParam("room") UUID room, @PathParam("seq") long seq) {
        return tagged(changes.find(room, seq, Caller.of(identity)));
    }

    /** With {@code If-Match} only the version with this entity tag is changed. */
    @PATCH
    public CompletionStage<RestResponse<Message>> edit(
            @PathParam("room") UUID room,
            @PathParam("seq") long seq,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull @Valid Edit edit) {
        return tagged(changes.edit(room, seq, Caller.of(identity), edit.content(), EntityTags.ifMatch(ifMatch)));
    }

    @DELETE
    public CompletionStage<Void> delete(
            @PathParam("room") UUID room,
            @PathParam("seq") long seq,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return changes.delete(room, seq, Caller.of(identity), EntityTags.ifMatch(ifMatch))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /** The users who reacted with this emoji. */
    @GET
    @Path("reactions/{emoji}")
    public CompletionStage<Page<Reaction>> reactors(
            @PathParam("room") UUID room,
            @PathParam("seq") long seq,
            @PathParam("emoji") String emoji,
            @BeanParam @Valid PageRequest paging) {
        return changes.reactors(room, seq, Caller.of(identity), checked(emoji), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Reaction::id))
                .toCompletionStage();
    }

    @PUT
    @Path("reactions/{emoji}")
    public CompletionStage<RestResponse<Message>> react(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return tagged(changes.react(room, seq, Caller.of(identity), checked(emoji)));
    }

    @DELETE
    @Path("reactions/{emoji}")
    public CompletionStage<RestResponse<Message>> takeBack(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return tagged(changes.takeBack(room, seq, Caller.of(identity), checked(emoji)));
    }

    private static CompletionStage<RestResponse<Message>> tagged(Future<Message> message) {
        return message.map(found -> ResponseBuilder.ok(found).tag(found.tag()).build())
                .toCompletionStage();
    }

    /** In the form in which it is stored. */
    private static String checked(String emoji) {
        return Emoji.of(emoji)
                .orElseThrow(() ->
                        ProblemException.invalid(List.of(new FieldError("emoji", "must be one emoji of Unicode"))));
    }
}
