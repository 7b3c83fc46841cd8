package io.heliograph.message.room;

import io.heliograph.auth.Caller;
import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.profile.UserProfiles;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Adds users to rooms, after their profiles are stored and their limits checked. */
@Singleton
class AdmissionService {

    private final AdmissionRepository repository;
    private final RoomAccess rooms;
    private final UserProfiles profiles;
    private final RoomLimits limits;
    private final AccountSignals signals;

    AdmissionService(
            AdmissionRepository repository,
            RoomAccess rooms,
            UserProfiles profiles,
            RoomLimits limits,
            AccountSignals signals) {
        this.repository = repository;
        this.rooms = rooms;
        this.profiles = profiles;
        this.limits = limits;
        this.signals = signals;
    }

    /** {@code wanted} is null for the role that is available. */
    Future<Admission> join(UUID room, Caller caller, Role wanted) {
        boolean authority = hasAuthority(caller, wanted);
        return rooms.existing(room, caller.id())
                .compose(view -> {
                    if (view.role().isEmpty()) {
                        limits.chargeJoin(caller.id());
                    }
                    return profiles.store(caller);
                })
                .compose(met -> repository.join(
                        room, caller.id(), wanted, authority, event(room, caller.id(), wanted, caller, authority)))
                .onSuccess(joined -> signals.members(room, List.of(caller.id())))
                .map(Admission.Joined::new);
    }

    Future<Admission> add(UUID room, UUID user, Role role, Caller caller, String authorization) {
        boolean authority = hasAuthority(caller, role);
        return managed(room, caller, authority)
                .compose(view -> profiles.store(caller))
                .compose(met -> profiles.ensure(user, authorization))
                .compose(met -> repository.add(
                        room, user, role, caller.id(), authority, event(room, user, role, caller, authority)))
                .onSuccess(admission -> signals.members(room, List.of(user)));
    }

    /** Returns the result for each user, in their order; unknown users are rejected. */
    Future<List<BatchAddResult.Item>> addAll(UUID room, List<UUID> users, Caller caller, String authorization) {
        boolean authority = caller.isIntegrator();
        return managed(room, caller, authority)
                .compose(view -> authority ? profiles.store(caller) : Future.succeededFuture())
                .compose(met -> profiles.ensure(users, authorization))
                .compose(known -> repository.addAll(
                        room, users.stream().filter(known::contains).toList(), caller.id(), authority))
                .onSuccess(items -> signals.members(
                        room,
                        items.stream()
                                .filter(item -> item.result() == BatchAddResult.Result.ADDED)
                                .map(BatchAddResult.Item::user)
                                .toList()))
                .map(items -> inOrder(users, items));
    }

    /** Integrators manage the members of all rooms; an admin may give a role in any room. */
    private static boolean hasAuthority(Caller caller, Role role) {
        return caller.isIntegrator() || (role != null && caller.isAdmin());
    }

    /** The audit event of a role that a caller with authority gives. */
    private static Optional<AuditEvent> event(UUID room, UUID user, Role role, Caller caller, boolean authority) {
        return authority && role != null
                ? Optional.of(AuditEvent.ofRoom(AuditKind.MEMBER_ROLE, caller.id(), room)
                        .user(user)
                        .details(JsonObject.of("role", role.text())))
                : Optional.empty();
    }

    /** Charges the rate limit of users, so that they do not bother others; integrators are not limited. */
    private Future<RoomView> managed(UUID room, Caller caller, boolean authority) {
        return (authority ? rooms.existing(room, caller.id()) : rooms.owned(room, caller.id())).map(view -> {
            if (!caller.isIntegrator()) {
                limits.chargeAdd(caller.id());
            }
            return view;
        });
    }

    private static List<BatchAddResult.Item> inOrder(List<UUID> users, List<BatchAddResult.Item> items) {
        Map<UUID, BatchAddResult.Item> found = new HashMap<>();
        items.forEach(item -> found.put(item.user(), item));
        List<BatchAddResult.Item> all = new ArrayList<>(users.size());
        users.forEach(user -> all.add(found.getOrDefault(user, BatchAddResult.Item.refused(user, "user_not_found"))));
        return all;
    }
}
