package io.heliograph.message.message.change;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.message.Message;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Tag(name = "messages")
@APIResponse(responseCode = "403", description = "`not_a_member`, `blocked`")
@APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
@Path("/api/rooms/{room}/messages/{seq:\\d{1,18}}")
@Authenticated
class ChangeResource {

    /** In characters. */
    private static final int MAX_REASON = 500;

    private final SecurityIdentity identity;
    private final ChangeService changes;

    ChangeResource(SecurityIdentity identity, ChangeService changes) {
        this.identity = identity;
        this.changes = changes;
    }

    @GET
    @Operation(operationId = "getMessage", summary = "Read a message", description = "As a member.")
    @APIResponse(responseCode = "200", description = "The message", headers = @Header(name = "ETag", ref = "ETag"))
    public CompletionStage<RestResponse<Message>> message(@PathParam("room") UUID room, @PathParam("seq") long seq) {
        return tagged(changes.find(room, seq, Caller.of(identity)));
    }

    /** With {@code If-Match} only the version with this entity tag is changed. */
    @PATCH
    @Operation(
            operationId = "editMessage",
            summary = "Edit a message",
            description =
                    "As its sender: changes `content`, `metadata` and `mentions`. A field that is left out stays as it is; null removes the metadata, or all mentions. A user who is newly mentioned and has not read the message has one more unread mention; one who is no longer mentioned has one less.")
    @APIResponse(responseCode = "200", description = "The message as it is now")
    @APIResponse(responseCode = "403", description = "`not_a_member`, `blocked`, `not_the_sender`")
    @APIResponse(responseCode = "409", description = "`message_deleted`")
    @APIResponse(responseCode = "422", description = "`mention_outside_room`")
    public CompletionStage<RestResponse<Message>> edit(
            @PathParam("room") UUID room,
            @PathParam("seq") long seq,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull @Valid MessagePatch patch) {
        patch.check();
        return tagged(changes.edit(room, seq, Caller.of(identity), patch, EntityTags.ifMatch(ifMatch)));
    }

    @DELETE
    @Operation(
            operationId = "deleteMessage",
            summary = "Delete a message",
            description =
                    "As its sender, as an owner of the room, as an integrator who is in the room, or as an administrator. Its place is kept, without content; if another user than its sender deletes it, with `deletion`, which has the reason.")
    @APIResponse(responseCode = "204", description = "The message is deleted")
    @APIResponse(responseCode = "403", description = "`not_a_member`, `blocked`, `not_the_sender`")
    public CompletionStage<Void> delete(
            @PathParam("room") UUID room,
            @PathParam("seq") long seq,
            @Parameter(description = "The reason for deleting another user's message; all members can read it")
                    @QueryParam("reason")
                    @Text(max = MAX_REASON)
                    String reason,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return changes.delete(room, seq, Caller.of(identity), reason, EntityTags.ifMatch(ifMatch))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /** The users who reacted with this emoji. */
    @GET
    @Path("reactions/{emoji}")
    @Operation(
            operationId = "listReactions",
            summary = "List who reacted with an emoji",
            description = "In the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of reactions")
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
    @Operation(operationId = "addReaction", summary = "React to a message", description = "May be repeated.")
    @APIResponse(
            responseCode = "200",
            description = "The message as it is now",
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(responseCode = "409", description = "`message_deleted`, `too_many_reactions`")
    public CompletionStage<RestResponse<Message>> react(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return tagged(changes.react(room, seq, Caller.of(identity), checked(emoji)));
    }

    @DELETE
    @Path("reactions/{emoji}")
    @Operation(operationId = "removeReaction", summary = "Take a reaction back", description = "May be repeated.")
    @APIResponse(
            responseCode = "200",
            description = "The message as it is now",
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(responseCode = "409", description = "`message_deleted`")
    public CompletionStage<RestResponse<Message>> takeBack(
            @PathParam("room") UUID room, @PathParam("seq") long seq, @PathParam("emoji") String emoji) {
        return tagged(changes.takeBack(room, seq, Caller.of(identity), checked(emoji)));
    }

    private static CompletionStage<RestResponse<Message>> tagged(Future<Message> message) {
        return message.map(found -> ResponseBuilder.ok(found).tag(found.tag()).build())
                .toCompletionStage();
    }

    /** The stored form of the emoji. */
    private static String checked(String emoji) {
        return Emoji.of(emoji)
                .orElseThrow(() ->
                        ProblemException.invalid(List.of(new FieldError("emoji", "must be one emoji of Unicode"))));
    }
}
