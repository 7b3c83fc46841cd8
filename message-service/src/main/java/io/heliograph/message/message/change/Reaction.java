package io.heliograph.message.message.change;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/** The reaction of a user with some emoji. */
record Reaction(Sender user, Instant createdAt) {

    UUID id() {
        return user.id();
    }
}
