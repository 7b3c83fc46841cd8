package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user is invited to a room, or a member to own it. */
record Invitation(
        InvitedTo room,
        Sender user,
        Role role,
        @Schema(nullable = true) Sender invitedBy,
        Instant createdAt) {

    /** The part of the room that a user who is not a member may see. */
    record InvitedTo(
            java.util.UUID id,
            @Schema(nullable = true) String name,
            @Schema(nullable = true) String topic,
            Visibility visibility,
            RoomKind kind) {}
}
