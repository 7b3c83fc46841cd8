package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.http.FieldError;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Bans users from rooms, which also removes them, and deletes bans that have ended. */
@Singleton
class BanService {

    private static final Logger LOG = Logger.getLogger(BanService.class);

    /** Some milliseconds of the database. */
    private static final int AT_ONCE = 1_000;

    private final BanRepository repository;
    private final RoomAccess rooms;
    private final RoomLimits limits;
    private final UserProfiles profiles;
    private final MemberRemovalService removals;

    BanService(
            BanRepository repository,
            RoomAccess rooms,
            RoomLimits limits,
            UserProfiles profiles,
            MemberRemovalService removals) {
        this.repository = repository;
        this.rooms = rooms;
        this.limits = limits;
        this.profiles = profiles;
        this.removals = removals;
    }

    void start(@Observes StartupEvent event, Vertx vertx, RoomConfig config) {
        vertx.setPeriodic(config.purgeInterval().toMillis(), timer -> forget());
    }

    /** As an owner, an integrator or an admin. {@code until} is null for a ban without an end. */
    Future<Ban> ban(UUID room, UUID user, String reason, Instant until, Caller caller, String authorization) {
        if (user.equals(caller.id())) {
            throw ProblemException.invalid(List.of(new FieldError("user", "must be another user")));
        }
        AuditEvent event = AuditEvent.ofRoom(AuditKind.ROOM_BAN, caller.id(), room)
                .user(user)
                .reason(reason);
        AuditEvent dated = until == null ? event : event.details(JsonObject.of("until", until.toString()));
        return moderated(room, caller)
                .compose(view -> view.room().kind() == RoomKind.DIRECT
                        ? Future.failedFuture(ProblemException.of(
                                Status.CONFLICT, "direct_room", "Nobody is banned from a direct room."))
                        : profiles.store(caller))
                .compose(met -> profiles.ensure(user, authorization))
                .compose(met -> repository.ban(dated, until))
                .map(banned -> {
                    removals.removed(room, user, banned.removal());
                    return banned.ban();
                });
    }

    Future<Void> lift(UUID room, UUID user, Caller caller) {
        return moderated(room, caller)
                .compose(view -> repository.lift(AuditEvent.ofRoom(AuditKind.ROOM_UNBAN, caller.id(), room)
                        .user(user)))
                .compose(lifted -> lifted
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProblemException.of(
                                Status.NOT_FOUND, "ban_not_found", "This person is not banned from the room.")));
    }

    Future<List<Ban>> list(UUID room, Caller caller, UUID after, int limit) {
        return rooms.moderated(room, caller).compose(view -> repository.list(room, after, limit));
    }

    /** Checks the rate limit too: each ban adds an event to the audit log, which owners must not fill. */
    private Future<RoomView> moderated(UUID room, Caller caller) {
        return rooms.moderated(room, caller).map(view -> {
            if (!caller.isModerator()) {
                limits.chargeAdd(caller.id());
            }
            return view;
        });
    }

    private void forget() {
        repository
                .deleteOver(AT_ONCE)
                .onSuccess(deleted -> {
                    if (deleted == AT_ONCE) {
                        forget();
                    }
                })
                .onFailure(failure -> LOG.debugf("Bans that are over will be deleted later: %s", failure));
    }
}
