package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/** A member of a room. */
record Member(Sender user, Role role, Instant joinedAt) {

    UUID id() {
        return user.id();
    }
}
