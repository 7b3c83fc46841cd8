package io.heliograph.message.websocket;

import io.heliograph.message.delivery.RoomSubscribers;
import io.heliograph.message.presence.PresenceHandle;
import io.heliograph.message.room.RoomView;

/** The room at the time of the check of a join, its live subscribers, and the presence of the user who joins. */
record JoinResult(RoomView view, RoomSubscribers subscribers, PresenceHandle presence) {

    /** Undoes the join of a client that left or closed before it was subscribed. */
    void leave() {
        subscribers.leave();
        presence.end();
    }
}
