package io.heliograph.message.message.read;

import io.heliograph.message.message.Sender;
import java.util.UUID;

/** The sequence number up to which a member has read the room. */
record MemberMark(Sender user, long seq) {

    UUID id() {
        return user.id();
    }
}
