package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/** A room with the role of one user in it; without a role if the user is not a member. */
public record RoomView(Room room, Optional<Role> role) {

    /** Whether the user may know that the room exists. */
    @JsonIgnore
    public boolean visible() {
        return role.isPresent() || room.visibility() == Visibility.PUBLIC;
    }
}
