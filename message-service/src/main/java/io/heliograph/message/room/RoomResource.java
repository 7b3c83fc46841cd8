package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.PageRequest;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.request.Text;
import io.heliograph.rest.caching.ConditionalResponse;
import io.heliograph.rest.caching.EntityTags;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

@Tag(name = "rooms")
@Path("/api/rooms")
@Authenticated
class RoomResource {

    /** In characters. */
    static final int MAX_NAME = 100;

    static final int MAX_TOPIC = 500;

    private final SecurityIdentity identity;
    private final RoomRepository repository;
    private final RoomAccess rooms;
    private final UserProfiles profiles;
    private final RoomPurge purge;
    private final DirectoryRepository directory;
    private final DirectRooms directRooms;

    RoomResource(
            SecurityIdentity identity,
            RoomRepository repository,
            RoomAccess rooms,
            UserProfiles profiles,
            RoomPurge purge,
            DirectoryRepository directory,
            DirectRooms directRooms) {
        this.identity = identity;
        this.repository = repository;
        this.rooms = rooms;
        this.profiles = profiles;
        this.purge = purge;
        this.directory = directory;
        this.directRooms = directRooms;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createRoom",
            summary = "Create a room",
            description =
                    "The caller becomes its owner; an integrator may name another `owner` and the `members`. With `kind` `direct` and the other person in `members` it is the one direct room of the two: made (201) or found (200); that needs no `Idempotency-Key`.")
    @APIResponse(
            responseCode = "200",
            description = "The direct room, which existed already",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Room.class)))
    @APIResponse(
            responseCode = "201",
            description = "The room",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Room.class)))
    @APIResponse(responseCode = "403", description = "`forbidden`, `blocked`")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    @APIResponse(responseCode = "503", description = "`users_unavailable`")
    @APIResponse(responseCode = "409", description = "`too_many_rooms`, `too_many_invitations`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public CompletionStage<RestResponse<Object>> create(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @NotNull @Valid NewRoom room) {
        room.check();
        Caller caller = Caller.of(identity);
        IdempotentRequest request = IdempotentRequest.of(caller.id(), idempotencyKey, "createRoom", room);
        return (room.isDirect()
                        ? directRooms
                                .open(room.pair(caller.id()), room.metadata(), caller, authorization)
                                .map(RoomResource::opened)
                        : create(room, caller, authorization, request)
                                .map(answer -> response(RestResponse.Status.CREATED, answer.body())))
                .toCompletionStage();
    }

    private static RestResponse<Object> opened(OpenedRoom opened) {
        return response(opened.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, opened.room());
    }

    private static RestResponse<Object> response(RestResponse.Status status, Object body) {
        return RestResponse.ResponseBuilder.create(status, body).build();
    }

    private Future<Answer<Room>> create(NewRoom room, Caller caller, String authorization, IdempotentRequest request) {
        UUID owner = room.owner() == null ? caller.id() : room.owner();
        List<UUID> others = room.members().stream()
                .filter(person -> !person.equals(owner))
                .distinct()
                .toList();
        return checkOthers(caller, owner, others, authorization)
                .compose(met -> profiles.store(caller))
                .compose(met -> repository.create(room, owner, others, request));
    }

    /** Only an integrator creates a room for others, all of whom must have an account. */
    private Future<Void> checkOthers(Caller caller, UUID owner, List<UUID> others, String authorization) {
        List<UUID> people = Stream.concat(Stream.of(owner), others.stream())
                .filter(person -> !person.equals(caller.id()))
                .toList();
        if (people.isEmpty()) {
            return Future.succeededFuture();
        } else if (!caller.isIntegrator()) {
            return Future.failedFuture(ProblemException.of(
                    Status.FORBIDDEN, "forbidden", "Only an integrator may create a room for others."));
        }
        return profiles.ensure(people, authorization)
                .compose(known -> known.containsAll(people)
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProblemException.of(
                                Status.NOT_FOUND, "user_not_found", "Not all of these users exist.")));
    }

    /** The caller's own rooms, or the directory of public rooms in whose names a word begins with {@code query}. */
    @GET
    @Operation(
            operationId = "listRooms",
            summary = "List rooms",
            description =
                    "The rooms of the caller, or with `visibility=public` the directory of public rooms in whose names a word begins with `query`. An item of the directory has no `role`, `readSeq`, `unread` and `lastMessage`; a page of it comes with an `ETag`.")
    @APIResponse(
            responseCode = "200",
            description = "A page of rooms",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Of a page of the directory",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListedRooms.class)))
    public CompletionStage<? extends RestResponse<? extends Page<?>>> list(
            @QueryParam("visibility") String visibility,
            @QueryParam("query") @Text(min = 0, max = MAX_NAME) String query,
            @BeanParam @Valid PageRequest paging,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
        if (visibility != null && !visibility.equals(Visibility.PUBLIC.text())) {
            throw ProblemException.invalid(
                    List.of(new FieldError("visibility", "must be public; your own rooms need none")));
        }
        if (visibility == null && query != null) {
            throw ProblemException.invalid(List.of(new FieldError("query", "must come with visibility=public")));
        }
        return visibility == null
                ? mine(paging).map(RestResponse::ok).toCompletionStage()
                : directory(query == null ? "" : Normalizer.normalize(query, Form.NFC), paging)
                        .map(page -> ConditionalResponse.ofAll(seen, tag(page), page))
                        .toCompletionStage();
    }

    @GET
    @Path("{room}")
    @Operation(
            operationId = "getRoom",
            summary = "Read a room",
            description =
                    "A public room is described to everyone who is signed in, a private one to its members and to administrators.")
    @APIResponse(responseCode = "200", description = "The room")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<RestResponse<Room>> room(
            @PathParam("room") UUID room, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
        Caller caller = Caller.of(identity);
        return (caller.isAdmin() ? rooms.existing(room, caller.id()) : rooms.visible(room, caller.id()))
                .map(RoomView::room)
                .map(found -> found.visibility() == Visibility.PUBLIC
                        ? ConditionalResponse.ofAll(seen, found.tag(), found)
                        : ConditionalResponse.ofCaller(seen, found.tag(), found))
                .toCompletionStage();
    }

    /** As an owner, or with authority; with {@code If-Match} only the version that the caller has read. */
    @PATCH
    @Path("{room}")
    @Operation(
            operationId = "updateRoom",
            summary = "Change a room",
            description =
                    "As an owner, as an integrator who is in the room, or as an administrator; an integrator may change the `metadata` of every room. A field that is left out stays as it is.")
    @APIResponse(responseCode = "200", description = "The room as it is now")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<RestResponse<Room>> change(
            @PathParam("room") UUID room,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull @Valid RoomPatch patch) {
        Long[] versions = RoomPrecondition.versions(room, ifMatch);
        Caller caller = Caller.of(identity);
        return (caller.isIntegrator() && patch.changesMetadataOnly()
                        ? rooms.existing(room, caller.id())
                        : rooms.repaired(room, caller))
                .compose(view -> repository.change(room, versions, patch, event(AuditKind.ROOM_CHANGE, view, caller)))
                .map(changed -> changed.orElseThrow(() ->
                        EntityTags.preconditionFailed("The room has been changed or removed since; read it again.")))
                .map(changed -> RestResponse.ResponseBuilder.ok(changed)
                        .tag(changed.tag())
                        .build())
                .toCompletionStage();
    }

    /** As an owner, or with authority. After the response the room and its content cannot be found any more. */
    @DELETE
    @Path("{room}")
    @Operation(
            operationId = "deleteRoom",
            summary = "Delete a room",
            description =
                    "As an owner, as an integrator who is in the room, or as an administrator. After the response the room and its content cannot be found.")
    @APIResponse(responseCode = "204", description = "The room is deleted")
    @APIResponse(responseCode = "403", description = "`not_an_owner`, `not_a_member`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public CompletionStage<Void> remove(
            @PathParam("room") UUID room,
            @Parameter(description = "Why an administrator or an integrator deletes it, for the audit log")
                    @QueryParam("reason")
                    @Text(max = BanResource.MAX_REASON)
                    String reason) {
        Caller caller = Caller.of(identity);
        return rooms.repaired(room, caller)
                .compose(view -> repository.remove(
                        room, event(AuditKind.ROOM_DELETION, view, caller).map(event -> event.reason(reason))))
                .compose(removed -> removed ? Future.succeededFuture() : Future.failedFuture(RoomAccess.notFound()))
                .onSuccess(removed -> purge.removed(room))
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /** The audit event of a caller who does not own the room. */
    private static Optional<AuditEvent> event(AuditKind kind, RoomView view, Caller caller) {
        return view.role().filter(Role.OWNER::equals).isPresent()
                ? Optional.empty()
                : Optional.of(AuditEvent.ofRoom(kind, caller.id(), view.room().id())
                        .details(view.room().described()));
    }

    private Future<Page<Membership>> mine(PageRequest paging) {
        return repository
                .ofMember(Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Membership::id));
    }

    private Future<Page<Room>> directory(String prefix, PageRequest paging) {
        DirectoryCursor after = paging.after(DirectoryCursor.PARTS, DirectoryCursor::of, DirectoryCursor.START);
        return directory
                .list(prefix, after, paging.limit() + 1)
                .map(part -> Page.of(part.listings(), paging.limit(), listing -> listing.cursor(part.walk())))
                .map(page -> new Page<>(
                        page.items().stream().map(DirectoryEntry::room).toList(), page.next()));
    }

    /** The tag of the items and of whether another page follows; not of the cursor, which is new for each walk. */
    private static EntityTag tag(Page<Room> page) {
        return ConditionalResponse.tag(Stream.concat(
                page.items().stream().map(room -> room.tag().getValue()), Stream.of(page.next() == null)));
    }
}
