package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import java.time.Instant;

/** Somebody is asked to be in a room, or as a member to own it. */
record Invitation(InvitedTo room, Sender user, Role role, Sender invitedBy, Instant createdAt) {

    /** What one who is not in the room may know of it. */
    record InvitedTo(java.util.UUID id, String name, String topic, Visibility visibility) {}
}
