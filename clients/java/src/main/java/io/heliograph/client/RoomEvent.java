package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What happens in a room. {@link MessageAdded}, {@link MessageUpdated}, {@link MessageDeleted} and
 * {@link ReactionChanged} come in the order of {@code rev}, each once, also through losses of the connection. Presence,
 * typing, published events and read marks are in no order to these, and may be missed while the connection is lost.
 */
public sealed interface RoomEvent extends Event {

    /** The id of the room. */
    String room();

    /** A message that is new to this client, as it is now. */
    record MessageAdded(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /** A message that changed, as it is now. */
    record MessageUpdated(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /** A message of which only its place is left. */
    record MessageDeleted(Message message) implements RoomEvent {
        @Override
        public String room() {
            return message.room();
        }
    }

    /**
     * Somebody's reaction came or went.
     *
     * @param added whether it came
     * @param count how many people react with this emoji now
     */
    record ReactionChanged(String room, long seq, long rev, User user, String emoji, boolean added, int count)
            implements RoomEvent {}

    /**
     * Live delivery began, or began again after a loss of the connection.
     *
     * @param online how many people are online in the room
     */
    record Joined(String room, long seq, long rev, int online) implements RoomEvent {}

    /** The caller is no member any more, or the room is gone. */
    record Left(String room) implements RoomEvent {}

    /** The server was restored to an earlier state: what is known of the room is void, and is to be loaded anew. */
    record Reset(String room) implements RoomEvent {}

    /** The room cannot be followed. */
    record Refused(String room, HeliographException error) implements RoomEvent {}

    /**
     * Somebody else came or went.
     *
     * @param isOnline whether they came
     * @param online how many people are online in the room
     */
    record PresenceChanged(String room, User user, boolean isOnline, int online) implements RoomEvent {}

    /** Somebody else types. */
    record Typing(String room, User user) implements RoomEvent {}

    /**
     * Somebody published an event of the program's own, maybe the caller; see {@link Room#publish(String, Object)}.
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
     * @param user whose it is; null for that of the caller, set on this connection
     * @param isForced whether it may have moved back
     */
    record ReadMarked(String room, User user, long seq, boolean isForced) implements RoomEvent {}

    /**
     * The caller's count of unread messages, or what it is computed from, may have changed.
     *
     * @param unread how many messages of others come after the read mark
     * @param mentions how many of them mention the caller, as far as the server has counted
     */
    record UnreadChanged(String room, long unread, long mentions, long readSeq, long lastSeq) implements RoomEvent {}
}
