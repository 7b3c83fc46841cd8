package io.heliograph.message.search;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.message.Message;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.request.Text;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "messages")
@Path("/api/messages/search")
@Authenticated
class SearchResource {

    /** In characters: more than users type, and too few for a query of hundreds of words. */
    private static final int MAX_QUERY = 200;

    private final SecurityIdentity identity;
    private final RoomAccess rooms;
    private final SearchService searches;

    SearchResource(SecurityIdentity identity, RoomAccess rooms, SearchService searches) {
        this.identity = identity;
        this.rooms = rooms;
        this.searches = searches;
    }

    /**
     * Searches in the syntax of web searches: words that must all occur, "phrases", or, -not. A word is found by its
     * beginning. A page may end early, even without items; its next continues it.
     */
    @GET
    @Operation(
            operationId = "searchMessages",
            summary = "Search messages",
            description =
                    "In the rooms of the caller, newest first: words that must all be there, \"phrases\", `or`, `-not`. A word is found by its beginning. A page may end early, even without items; then its `next` continues it.")
    @APIResponse(responseCode = "200", description = "A page of messages")
    @APIResponse(responseCode = "403", description = "`not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`")
    public CompletionStage<Page<Message>> search(
            @Parameter(description = "What is searched for", schema = @Schema(minLength = 1, maxLength = MAX_QUERY))
                    @QueryParam("q")
                    @NotNull
                    @Text(max = MAX_QUERY)
                    String q,
            @Parameter(description = "Search this room alone", schema = @Schema(format = "uuid")) @QueryParam("room")
                    String room,
            @BeanParam @Valid PageRequest paging) {
        UUID caller = Caller.of(identity).id();
        UUID only = room == null ? null : id(room);
        SearchCursor after = paging.after(SearchCursor.PARTS, SearchCursor::of, SearchCursor.START);
        Future<?> allowed = only == null ? Future.succeededFuture() : rooms.joined(only, caller);
        SearchQuery query = SearchQuery.of(q).orElseThrow(SearchResource::noWord);
        return allowed.compose(joined -> searches.search(caller, query, only, after, paging.limit()))
                .toCompletionStage();
    }

    private static UUID id(String room) {
        try {
            return UUID.fromString(room);
        } catch (IllegalArgumentException notAnId) {
            throw ProblemException.invalid(List.of(new FieldError("room", "must be the id of a room")));
        }
    }

    private static ProblemException noWord() {
        return ProblemException.invalid(List.of(new FieldError("q", "must ask for a word")));
    }
}
