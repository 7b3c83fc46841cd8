package io.heliograph.message.websocket;

import io.heliograph.message.delivery.Audience;
import io.heliograph.message.presence.Stay;
import io.heliograph.message.room.RoomView;

/** A room as it was when a join was checked, its audience, and the presence of the one who joins. */
record Entrance(RoomView view, Audience audience, Stay stay) {

    /** For one who is gone before taking the seat. */
    void giveBack() {
        audience.leave();
        stay.end();
    }
}
