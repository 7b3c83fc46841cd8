package io.heliograph.message.message.change;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/** Somebody who reacted with some emoji. */
record Reaction(Sender user, Instant createdAt) {

    UUID id() {
        return user.id();
    }
}
