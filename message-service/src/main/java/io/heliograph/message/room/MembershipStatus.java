package io.heliograph.message.room;

import java.util.Optional;
import java.util.UUID;

/**
 * How somebody stands to a room: the role they have and the one they are invited to, whether they left it of their own
 * will, and whether they have blocked the one who asks.
 */
record MembershipStatus(UUID person, Optional<Role> role, Optional<Role> invited, boolean departed, boolean blocks) {

    boolean isMember() {
        return role.isPresent();
    }

    boolean isOwner() {
        return role.filter(Role.OWNER::equals).isPresent();
    }
}
