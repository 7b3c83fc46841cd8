package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/** A room as one person stands to it; without a role if that person is not in it. */
public record RoomView(Room room, Optional<Role> role) {

    /** Whether this person may know that the room exists. */
    @JsonIgnore
    public boolean visible() {
        return role.isPresent() || room.visibility() == Visibility.PUBLIC;
    }
}
