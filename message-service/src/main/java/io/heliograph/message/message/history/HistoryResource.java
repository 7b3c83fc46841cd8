package io.heliograph.message.message.history;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.message.MessagePage;
import io.heliograph.message.message.MessageRepository;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.caching.ConditionalResponse;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Tag(name = "messages")
@Path("/api/rooms/{room}/messages")
@Authenticated
class HistoryResource {

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final MessageRepository messages;

    HistoryResource(SecurityIdentity identity, RoomAccess rooms, MessageRepository messages) {
        this.identity = identity;
        this.rooms = rooms;
        this.messages = messages;
    }

    /** Newest first from the end or before a seq, or oldest first after a seq. */
    @GET
    @Operation(
            operationId = "listMessages",
            summary = "Read the history of a room",
            description =
                    "As a member. Newest first from the end or before a `seq`, or oldest first after a `seq`; not both.")
    @APIResponse(responseCode = "200", description = "A page of messages; `next` is the value for the same parameter")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<RestResponse<MessagePage>> history(
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen,
            @PathParam("room") UUID room,
            @Parameter(description = "Messages before this `seq`, newest first") @QueryParam("before") @Min(1)
                    Long before,
            @Parameter(description = "Messages after this `seq`, oldest first") @QueryParam("after") @Min(0) Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (before != null && after != null) {
            throw ProblemException.invalid(List.of(new FieldError("after", "must not come together with before")));
        }
        UUID reader = Caller.of(identity).id();
        return rooms.joined(room, reader)
                .compose(view -> page(room, before, after, limit, reader))
                .map(page -> ConditionalResponse.ofCaller(seen, tag(room, reader, page), page))
                .toCompletionStage();
    }

    private Future<MessagePage> page(UUID room, Long before, Long after, int limit, UUID reader) {
        return after != null
                ? messages.after(room, after, limit, reader)
                : messages.before(room, before == null ? Long.MAX_VALUE : before, limit, reader);
    }

    /** A message is unchanged for one reader as long as its rev and the names of its sender are unchanged. */
    private static EntityTag tag(UUID room, UUID reader, MessagePage page) {
        return ConditionalResponse.tag(Stream.concat(
                Stream.of(room, reader, String.valueOf(page.next())),
                page.items().stream().flatMap(message -> Stream.of(message.seq(), message.rev(), message.sender()))));
    }
}
