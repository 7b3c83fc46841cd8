package io.heliograph.client;

/**
 * A change of the caller's rooms or of the names of users. Events of rooms are published after the first
 * {@link HeliographClient#sync()}; those of changes without a connection after the reconnect.
 */
public sealed interface AccountEvent extends Event {

    /** The caller has become a member of a room. */
    record RoomAdded(RoomInfo room) implements AccountEvent {}

    /** The caller has left a room or was removed from it, or the room was deleted; {@code room} is its id. */
    record RoomRemoved(String room) implements AccountEvent {}

    /** The description of a room of the caller has changed, or the role of the caller in it. */
    record RoomUpdated(RoomInfo room) implements AccountEvent {}

    /**
     * The names of a user in a room that is followed have changed, or those of the caller. May be missed while the
     * connection is lost.
     */
    record ProfileChanged(User user) implements AccountEvent {}
}
