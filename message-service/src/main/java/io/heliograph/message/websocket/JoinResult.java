package io.heliograph.message.websocket;

import io.heliograph.message.delivery.RoomSubscribers;
import io.heliograph.message.presence.PresenceHandle;
import io.heliograph.message.room.RoomView;

/** A room as it was when a join was checked, its audience, and the presence of the one who joins. */
record JoinResult(RoomView view, RoomSubscribers audience, PresenceHandle stay) {

    /** For one who is gone before taking the seat. */
    void giveBack() {
        audience.leave();
        stay.end();
    }
}
