package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import java.time.Instant;

/** A user is invited to a room, or a member to own it. */
record Invitation(InvitedTo room, Sender user, Role role, Sender invitedBy, Instant createdAt) {

    /** The part of the room that a user who is not a member may see. */
    record InvitedTo(java.util.UUID id, String name, String topic, Visibility visibility) {}
}
