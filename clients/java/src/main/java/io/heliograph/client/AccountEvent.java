package io.heliograph.client;

/**
 * What happens to the caller's rooms and to people's names. Events of rooms are published after the first
 * {@link HeliographClient#sync()}; for what happened without a connection, when there is one again.
 */
public sealed interface AccountEvent extends Event {

    /** The caller has come into a room. */
    record RoomAdded(RoomInfo room) implements AccountEvent {}

    /** The caller has left a room or was removed from it, or the room is gone; by its id. */
    record RoomRemoved(String room) implements AccountEvent {}

    /** A room of the caller is described otherwise, or the caller has another role in it. */
    record RoomUpdated(RoomInfo room) implements AccountEvent {}

    /** Somebody in a room that is followed has other names, or the caller has. It may be missed while the connection is lost. */
    record ProfileChanged(User user) implements AccountEvent {}
}
