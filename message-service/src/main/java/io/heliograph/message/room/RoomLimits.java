package io.heliograph.message.room;

import io.heliograph.message.limit.RateLimit;
import io.heliograph.rest.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** The bounds of the rooms of one user. */
@Singleton
final class RoomLimits {

    private final RoomConfig config;
    private final RateLimit joins;
    private final RateLimit adds;

    RoomLimits(RoomConfig config) {
        this.config = config;
        this.joins = RateLimit.perMinute("join rooms", config::joinsPerMinute, System::nanoTime);
        this.adds = RateLimit.perMinute("add or invite others", config::addsPerMinute, System::nanoTime);
    }

    void chargeJoin(UUID person) {
        joins.charge(person, 1);
    }

    void chargeAdd(UUID person) {
        adds.charge(person, 1);
    }

    int maxMemberships() {
        return config.maxMemberships();
    }

    int maxOwned() {
        return config.maxOwned();
    }

    /** Throws if a user with these numbers of memberships and owned rooms cannot have another one in this role. */
    void checkAnother(long memberships, long owned, Role role) {
        if (memberships >= config.maxMemberships()) {
            refuseAnother();
        } else if (role == Role.OWNER) {
            checkOwned(owned);
        }
    }

    void refuseAnother() {
        throw tooManyRooms("is in " + config.maxMemberships() + " rooms");
    }

    void checkOwned(long owned) {
        if (owned >= config.maxOwned()) {
            throw tooManyRooms("owns " + config.maxOwned() + " rooms");
        }
    }

    private static ProblemException tooManyRooms(String has) {
        return ProblemException.of(
                Status.CONFLICT, "too_many_rooms", "This person " + has + ", and nobody may have more.");
    }
}
