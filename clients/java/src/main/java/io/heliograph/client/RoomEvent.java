package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of a room. {@link MessageAdded}, {@link MessageUpdated}, {@link MessageDeleted} and {@link ReactionChanged}
 * are published in the order of {@code rev}, each once, also through losses of the connection. Presence, typing,
 * published events and read marks have no order relative to these, and may be missed while the connection is lost.
 */
public sealed interface RoomEvent extends Event {

    /** The id of the room. */
    String room();

    /** A message that is new to this client, in its current state. */
    record MessageAdded(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /** A message that has changed, in its current state. */
    record MessageUpdated(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /** A deleted message, of which only the place is left. */
    record MessageDeleted(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /**
     * A user has added a reaction, or removed it.
     *
     * @param added whether it was added
     * @param count the number of users who react with this emoji now
     */
    record ReactionChanged(String room, long seq, long rev, User user, String emoji, boolean added, int count)
            implements RoomEvent {}

    /**
     * Live delivery began, or began again after a loss of the connection.
     *
     * @param online the number of users online in the room
     */
    record Joined(String room, long seq, long rev, int online) implements RoomEvent {}

    /** The caller is no longer a member, or the room was deleted. */
    record Left(String room) implements RoomEvent {}

    /**
     * The server was restored to an earlier state: the known data of the room are invalid, and must be loaded again.
     */
    record Reset(String room) implements RoomEvent {}

    /** The room cannot be followed. */
    record Refused(String room, HeliographException error) implements RoomEvent {}

    /**
     * Another user has come online or gone offline.
     *
     * @param isOnline whether the user is online now
     * @param online the number of users online in the room
     */
    record PresenceChanged(String room, User user, boolean isOnline, int online) implements RoomEvent {}

    /** Another user types. */
    record Typing(String room, User user) implements RoomEvent {}

    /**
     * A user, possibly the caller, has published an event of the program; see {@link Room#publish(String, Object)}.
     *
     * @param data null for none
     */
    record EventPublished(String room, String name, JsonNode data, User sender) implements RoomEvent {

        public EventPublished {
            data = data == null || data.isNull() ? null : data;
        }
    }

    /**
     * A read mark moved.
     *
     * @param user the owner of the mark; null for that of the caller, set on this connection
     * @param isForced whether it may have moved back
     */
    record ReadMarked(String room, User user, long seq, boolean isForced) implements RoomEvent {}

    /**
     * The caller's count of unread messages, or the data from which it is computed, may have changed.
     *
     * @param unread the number of messages of others after the read mark
     * @param mentions the number of these that mention the caller, as far as the server has counted
     */
    record UnreadChanged(String room, long unread, long mentions, long readSeq, long lastSeq) implements RoomEvent {}
}
