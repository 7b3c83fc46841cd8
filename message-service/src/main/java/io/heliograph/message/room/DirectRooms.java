package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/** The one direct room of two users, which is created at the first request. */
@Singleton
final class DirectRooms {

    private final DirectRoomRepository repository;
    private final UserProfiles profiles;
    private final RoomLimits limits;
    private final AccountSignals signals;

    DirectRooms(DirectRoomRepository repository, UserProfiles profiles, RoomLimits limits, AccountSignals signals) {
        this.repository = repository;
        this.profiles = profiles;
        this.limits = limits;
        this.signals = signals;
    }

    /** The caller is one of the two, or an integrator. {@code metadata} are used for a new room; may be null. */
    Future<OpenedRoom> open(DirectPair pair, Metadata metadata, Caller caller, String authorization) {
        boolean own = pair.has(caller.id());
        if (!own && !caller.isIntegrator()) {
            return Future.failedFuture(ProblemException.of(
                    Status.FORBIDDEN, "forbidden", "Only an integrator may create a room for others."));
        }
        return repository
                .findComplete(pair)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(new OpenedRoom(found.get(), false))
                        : make(pair, metadata, caller, own, authorization));
    }

    private Future<OpenedRoom> make(
            DirectPair pair, Metadata metadata, Caller caller, boolean own, String authorization) {
        if (!caller.isIntegrator()) {
            limits.chargeAdd(caller.id());
        }
        List<UUID> others = pair.people().stream()
                .filter(person -> !person.equals(caller.id()))
                .toList();
        return (own ? profiles.store(caller) : Future.<Void>succeededFuture())
                .compose(stored -> profiles.ensure(others, authorization))
                .compose(known -> known.containsAll(others)
                        ? repository
                                .open(pair, metadata, caller.id(), !own)
                                .onSuccess(
                                        opened -> signals.members(opened.room().id(), pair.people()))
                        : Future.failedFuture(
                                ProblemException.of(Status.NOT_FOUND, "user_not_found", "There is no such user.")));
    }
}
