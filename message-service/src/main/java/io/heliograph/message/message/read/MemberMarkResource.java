package io.heliograph.message.message.read;

import io.heliograph.auth.Caller;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "messages")
@Path("/api/rooms/{room}/reads")
@Authenticated
class MemberMarkResource {

    private final SecurityIdentity identity;
    private final ReadMarks marks;

    MemberMarkResource(SecurityIdentity identity, ReadMarks marks) {
        this.identity = identity;
        this.marks = marks;
    }

    @GET
    @Operation(
            operationId = "listReadMarks",
            summary = "List the read marks of the members of a room",
            description = "As a member, in the order of ids, in a room of up to 500 members.")
    @APIResponse(responseCode = "200", description = "A page of read marks")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_members`")
    public CompletionStage<Page<MemberMark>> list(@PathParam("room") UUID room, @BeanParam @Valid PageRequest paging) {
        return marks.list(room, Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), MemberMark::id))
                .toCompletionStage();
    }
}
