package io.heliograph.message.room;

import java.util.Optional;
import java.util.UUID;

/**
 * The relation of a user to a room: the present role, the role of an invitation, whether the user left by themselves, whether
 * the user has blocked the caller, and whether the user is banned from the room.
 */
record MembershipStatus(
        UUID person, Optional<Role> role, Optional<Role> invited, boolean departed, boolean blocks, boolean banned) {

    boolean isMember() {
        return role.isPresent();
    }

    boolean isOwner() {
        return role.filter(Role.OWNER::equals).isPresent();
    }
}
