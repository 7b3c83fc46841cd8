package io.heliograph.message.room;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.page.Page;
import io.heliograph.message.page.Paging;
import io.heliograph.message.person.People;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

@Path("/api/rooms/{room}/members")
@Authenticated
class MemberResource {

    /** A body is not needed; without a role a new member is a plain one. */
    record Wish(Role role) {}

    private final SecurityIdentity identity;
    private final MemberRepository members;
    private final Rooms rooms;
    private final People people;
    private final LiveDelivery delivery;
    private final RoomPurge purge;
    private final RoomLimits limits;

    MemberResource(
            SecurityIdentity identity,
            MemberRepository members,
            Rooms rooms,
            People people,
            LiveDelivery delivery,
            RoomPurge purge,
            RoomLimits limits) {
        this.identity = identity;
        this.members = members;
        this.rooms = rooms;
        this.people = people;
        this.delivery = delivery;
        this.purge = purge;
        this.limits = limits;
    }

    @GET
    public CompletionStage<Page<Member>> list(@PathParam("room") UUID room, @BeanParam @Valid Paging paging) {
        return rooms.joined(room, Caller.of(identity).id())
                .compose(view -> members.list(room, paging.afterId(), paging.limit() + 1))
                .map(found -> Page.of(found, paging.limit(), Member::id))
                .toCompletionStage();
    }

    /** Joins a public room, or as an owner adds somebody or gives a role; an admin may name an owner of any room. */
    @PUT
    @Path("{user}")
    // Without a body clients send any content type or none.
    @Consumes(MediaType.WILDCARD)
    public CompletionStage<Member> put(
            @PathParam("room") UUID room,
            @PathParam("user") UUID user,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @Valid Wish wish) {
        Caller caller = Caller.of(identity);
        Role role = wish == null ? null : wish.role();
        boolean joins = user.equals(caller.id()) && role == null;
        Future<Member> put = joins
                ? join(room, caller)
                : allowed(room, caller, role)
                        .map(view -> charged(view, user, caller))
                        .compose(view -> people.meet(user, authorization))
                        .compose(met -> role == null ? members.add(room, user) : members.put(room, user, role));
        return put.toCompletionStage();
    }

    /**
     * Leaves the room, or as an owner removes somebody. Where no owner is left the member who has been there longest
     * becomes one; with its last member a private room is removed.
     */
    @DELETE
    @Path("{user}")
    public CompletionStage<Void> remove(@PathParam("room") UUID room, @PathParam("user") UUID user) {
        UUID caller = Caller.of(identity).id();
        Future<RoomView> allowed = user.equals(caller) ? rooms.joined(room, caller) : rooms.owned(room, caller);
        return allowed.compose(view -> rooms.joined(room, user))
                .recover(failure -> Future.failedFuture(
                        user.equals(caller) || allowed.failed() ? failure : MemberResource.noMember()))
                .compose(view -> members.remove(room, user))
                .onSuccess(removal -> {
                    if (removal == Removal.OF_THE_ROOM) {
                        purge.removed(room);
                    } else {
                        delivery.expel(room, user);
                    }
                })
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    private Future<Member> join(UUID room, Caller caller) {
        return rooms.visible(room, caller.id())
                .compose(view -> {
                    if (view.role().isEmpty()) {
                        limits.chargeJoin(caller.id());
                    }
                    return people.met(caller);
                })
                .compose(met -> members.add(room, caller.id()));
    }

    /** What an owner does to themselves costs nobody else anything. */
    private RoomView charged(RoomView view, UUID user, Caller caller) {
        if (!user.equals(caller.id())) {
            limits.chargeAdd(caller.id());
        }
        return view;
    }

    private Future<RoomView> allowed(UUID room, Caller caller, Role role) {
        return role == Role.OWNER && caller.isAdmin()
                ? rooms.existing(room, caller.id())
                : rooms.owned(room, caller.id());
    }

    private static Refusal noMember() {
        return Refusal.of(Status.NOT_FOUND, "member_not_found", "This person is not in the room.");
    }
}
