package io.heliograph.message.room;

import io.heliograph.message.person.People;
import io.heliograph.message.request.Page;
import io.heliograph.message.request.Paging;
import io.heliograph.message.request.Text;
import io.heliograph.message.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/api/rooms")
@Authenticated
class RoomResource {

    /** {@code topic} may be left out. */
    record NewRoom(
            @NotNull @Text(max = 100) String name,
            @NotNull Visibility visibility,
            @Text(min = 0, max = 500) String topic) {}

    private final SecurityIdentity identity;
    private final RoomRepository repository;
    private final Rooms rooms;
    private final People people;

    RoomResource(SecurityIdentity identity, RoomRepository repository, Rooms rooms, People people) {
        this.identity = identity;
        this.repository = repository;
        this.rooms = rooms;
        this.people = people;
    }

    @POST
    @ResponseStatus(201)
    public CompletionStage<Room> create(@NotNull @Valid NewRoom room) {
        Caller caller = Caller.of(identity);
        return people.met(caller)
                .compose(met -> repository.create(room.name(), room.topic(), room.visibility(), caller.id()))
                .toCompletionStage();
    }

    /** The caller's own rooms. */
    @GET
    public CompletionStage<Page<Membership>> mine(@BeanParam @Valid Paging paging) {
        return repository
                .ofMember(Caller.of(identity).id(), paging.afterId(), paging.limit() + 1)
                .map(found -> Page.of(found, paging.limit(), Membership::id))
                .toCompletionStage();
    }

    @GET
    @Path("{room}")
    public CompletionStage<Room> room(@PathParam("room") UUID room) {
        return rooms.visible(room, Caller.of(identity).id()).map(RoomView::room).toCompletionStage();
    }
}
