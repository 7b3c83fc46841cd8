package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/** Removes members from rooms, and ends their subscriptions. */
@Singleton
class MemberRemovalService {

    private final MemberRepository members;
    private final RoomAccess rooms;
    private final LiveDelivery delivery;
    private final RoomPurge purge;
    private final AccountSignals signals;

    MemberRemovalService(
            MemberRepository members,
            RoomAccess rooms,
            LiveDelivery delivery,
            RoomPurge purge,
            AccountSignals signals) {
        this.members = members;
        this.rooms = rooms;
        this.delivery = delivery;
        this.purge = purge;
        this.signals = signals;
    }

    /** Fails like {@link RoomAccess#joined} for a user who is neither a member nor invited. */
    Future<Void> leave(UUID room, UUID person) {
        return members.remove(room, person, true)
                .compose(removal -> removal == RemovalResult.NONE
                        ? rooms.joined(room, person).mapEmpty()
                        : unsubscribe(room, person, removal));
    }

    /** As an owner, or as an integrator. Fails for one who is neither a member nor invited. */
    Future<Void> remove(UUID room, UUID person, Caller caller) {
        return (caller.isIntegrator() ? rooms.existing(room, caller.id()) : rooms.owned(room, caller.id()))
                .compose(view -> members.remove(room, person, false))
                .compose(removal -> removal == RemovalResult.NONE
                        ? Future.failedFuture(ProblemException.of(
                                Status.NOT_FOUND, "member_not_found", "This person is not in the room."))
                        : unsubscribe(room, person, removal));
    }

    private Future<Void> unsubscribe(UUID room, UUID person, RemovalResult removal) {
        if (removal != RemovalResult.OF_THE_INVITATION) {
            signals.members(room, List.of(person));
        }
        if (removal == RemovalResult.OF_THE_ROOM) {
            purge.removed(room);
        } else if (removal == RemovalResult.OF_THE_MEMBER) {
            delivery.unsubscribe(room, person);
        }
        return Future.succeededFuture();
    }
}
