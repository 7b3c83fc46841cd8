package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.database.QueryBatcher;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decides which users may see a room and which are its members; every feature checks access here. */
@Singleton
public final class RoomAccess {

    /** Look-ups in one query: some milliseconds of the database. */
    private static final int AT_ONCE = 500;

    /** Look-ups that may be queued, about 200 bytes each: all clients of another replica may reconnect at once. */
    private static final int WAITING = 20_000;

    private final RoomRepository repository;
    private final QueryBatcher<RoomAccessKey, Optional<RoomView>> lookups;

    RoomAccess(RoomRepository repository) {
        this.repository = repository;
        this.lookups = new QueryBatcher<>(AT_ONCE, WAITING, repository::find);
    }

    /** Fails with {@link #notFound} only if there is no such room: for callers who may know of any room. */
    Future<RoomView> existing(UUID room, UUID person) {
        return lookups.ask(new RoomAccessKey(room, person))
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(notFound())));
    }

    /** Fails with {@link #notFound} for a private room that the user is not in. */
    public Future<RoomView> visible(UUID room, UUID person) {
        return lookups.ask(new RoomAccessKey(room, person)).compose(found -> found.filter(RoomView::visible)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(notFound())));
    }

    /** Fails like {@link #visible}, and with {@link #notMember} for a public room that the user has not joined. */
    public Future<RoomView> joined(UUID room, UUID person) {
        return visible(room, person)
                .compose(view ->
                        view.role().isPresent() ? Future.succeededFuture(view) : Future.failedFuture(notMember()));
    }

    /** Any room for an integrator; for others fails like {@link #joined}. */
    public Future<RoomView> managed(UUID room, Caller caller) {
        return caller.isIntegrator() ? existing(room, caller.id()) : joined(room, caller.id());
    }

    /** The rooms of this user whose ids are above {@code after}, in one snapshot of the primary. */
    public Future<List<Membership>> snapshot(UUID person, UUID after, int limit) {
        return repository.snapshot(person, after, limit);
    }

    /** Fails like {@link #joined}, and with {@code not_an_owner} for other members. */
    public Future<RoomView> owned(UUID room, UUID person) {
        return joined(room, person)
                .compose(view -> view.role().orElseThrow() == Role.OWNER
                        ? Future.succeededFuture(view)
                        : Future.failedFuture(notOwner()));
    }

    /** Any room for an integrator or an admin; for others fails like {@link #owned}. */
    Future<RoomView> moderated(UUID room, Caller caller) {
        return caller.isModerator() ? existing(room, caller.id()) : owned(room, caller.id());
    }

    /** Any room for an admin, one that they are in for an integrator; for others fails like {@link #owned}. */
    Future<RoomView> repaired(UUID room, Caller caller) {
        return caller.isModerator() ? kept(room, caller) : owned(room, caller.id());
    }

    /** Any room for an admin; for others, integrators too, fails like {@link #joined}. */
    public Future<RoomView> kept(UUID room, Caller caller) {
        return caller.isAdmin() ? existing(room, caller.id()) : joined(room, caller.id());
    }

    public static ProblemException notFound() {
        return ProblemException.of(Status.NOT_FOUND, "room_not_found", "There is no such room.");
    }

    /** Without a detail: blocks are not disclosed. */
    public static ProblemException blocked() {
        return ProblemException.of(Status.FORBIDDEN, "blocked", "This person has blocked the caller.");
    }

    static ProblemException banned() {
        return ProblemException.of(Status.FORBIDDEN, "banned", "This person is banned from the room.");
    }

    /** For a room that was just read from the primary, so no client can have seen a later revision. */
    public static ProblemException afterBeyondEnd() {
        return ProblemException.of(
                Status.BAD_REQUEST, "after_beyond_end", "The room has not come to this revision yet.");
    }

    static ProblemException notOwner() {
        return ProblemException.of(Status.FORBIDDEN, "not_an_owner", "Only an owner of the room may do this.");
    }

    public static ProblemException notMember() {
        return ProblemException.of(Status.FORBIDDEN, "not_a_member", "Only members of the room may do this.");
    }
}
