package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The users whom the caller has blocked. A blocked user cannot add or invite the caller, offer them a room to own, or
 * write in a private room that has no other members. The blocked user is not notified.
 */
@Tag(name = "members")
@Path("/api/rooms/blocks")
@Authenticated
class BlockResource {

    private final SecurityIdentity identity;
    private final BlockRepository blocks;
    private final UserProfiles profiles;

    BlockResource(SecurityIdentity identity, BlockRepository blocks, UserProfiles profiles) {
        this.identity = identity;
        this.blocks = blocks;
        this.profiles = profiles;
    }

    @GET
    @Operation(
            operationId = "listBlocks",
            summary = "List the users whom the caller has blocked",
            description = "In the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of blocks")
    public CompletionStage<Page<Block>> list(@BeanParam @Valid PageRequest paging) {
        return blocks.list(Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found ->
                        Page.of(found, paging.limit(), block -> block.user().id()))
                .toCompletionStage();
    }

    @PUT
    @Path("{user}")
    @Operation(
            operationId = "blockUser",
            summary = "Block a user",
            description =
                    "A blocked user cannot add or invite the caller, offer a room to own, or write in a private room of the two alone. Nobody is notified.")
    @APIResponse(responseCode = "204", description = "The user is blocked")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_blocks`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    public CompletionStage<Void> block(
            @PathParam("user") UUID user, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        Caller caller = Caller.of(identity);
        if (user.equals(caller.id())) {
            throw ProblemException.invalid(List.of(new FieldError("user", "must be another user")));
        }
        return profiles.store(caller)
                .compose(met -> profiles.ensure(user, authorization))
                .compose(met -> blocks.add(caller.id(), user))
                .toCompletionStage();
    }

    /** May be repeated. */
    @DELETE
    @Path("{user}")
    @Operation(operationId = "unblockUser", summary = "Unblock a user", description = "May be repeated.")
    @APIResponse(responseCode = "204", description = "The user is not blocked")
    public CompletionStage<Void> unblock(@PathParam("user") UUID user) {
        return blocks.remove(Caller.of(identity).id(), user).toCompletionStage();
    }
}
