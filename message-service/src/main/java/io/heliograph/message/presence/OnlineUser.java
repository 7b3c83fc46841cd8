package io.heliograph.message.presence;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/** A user who is online in a room, and since when. */
record OnlineUser(Sender user, Instant since) {

    UUID id() {
        return user.id();
    }
}
