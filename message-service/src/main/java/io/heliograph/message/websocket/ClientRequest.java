package io.heliograph.message.websocket;

import io.heliograph.message.event.RoomEvent;
import io.heliograph.message.message.MessageAttributes;
import java.util.UUID;

/** A request of a client. {@code id} is the JSON of the id that the reply echoes, or null. */
sealed interface ClientRequest {

    String id();

    /**
     * Whether it is charged to the {@link io.heliograph.message.limit.RateLimit}; typing and events have limits of their
     * own.
     */
    default boolean costsQueries() {
        return !(this instanceof Typing || this instanceof Event || this instanceof Ping || this instanceof Connect);
    }

    record Connect(String id, String token) implements ClientRequest {}

    /** {@code after} is the last rev that the client has received, or null to begin at the end. */
    record Join(String id, UUID room, Long after) implements ClientRequest {}

    record Leave(String id, UUID room) implements ClientRequest {}

    record Send(String id, UUID room, String clientId, String content, MessageAttributes attributes)
            implements ClientRequest {}

    record Typing(String id, UUID room) implements ClientRequest {}

    record Event(String id, UUID room, RoomEvent event) implements ClientRequest {}

    /** Sets the read mark to {@code seq}; with {@code force} also backwards. */
    record Read(String id, UUID room, long seq, boolean force) implements ClientRequest {}

    record Ping(String id) implements ClientRequest {}
}
