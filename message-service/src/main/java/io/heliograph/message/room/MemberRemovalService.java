package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.room.RemovalResult.Effect;
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
        return members.leave(room, person)
                .compose(removal ->
                        removal.isNone() ? rooms.joined(room, person).mapEmpty() : removed(room, person, removal));
    }

    /** As an owner, an integrator or an admin. Fails for a user who is neither a member nor invited. */
    Future<Void> remove(UUID room, UUID person, String reason, Caller caller) {
        AuditEvent event = AuditEvent.ofRoom(AuditKind.MEMBER_REMOVAL, caller.id(), room)
                .user(person)
                .reason(reason);
        return rooms.moderated(room, caller)
                .compose(view -> members.remove(event))
                .compose(removal -> removal.isNone()
                        ? Future.failedFuture(ProblemException.of(
                                Status.NOT_FOUND, "member_not_found", "This person is not in the room."))
                        : removed(room, person, removal));
    }

    /** Ends the subscriptions that are no longer permitted after a committed removal. */
    Future<Void> removed(UUID room, UUID person, RemovalResult removal) {
        if (removal.effect() == Effect.OF_THE_ROOM) {
            signals.members(room, List.of(person));
            purge.removed(room);
        } else if (removal.effect() == Effect.OF_THE_MEMBER) {
            signals.members(room, removal.heir() == null ? List.of(person) : List.of(person, removal.heir()));
            delivery.unsubscribe(room, person);
        }
        return Future.succeededFuture();
    }
}
