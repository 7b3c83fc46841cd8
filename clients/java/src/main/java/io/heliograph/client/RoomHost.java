package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** The shared resources of the rooms of a client. */
interface RoomHost {

    ClientContext context();

    Connection connection();

    Outbox outbox();

    /** Makes a call as the caller. */
    CompletableFuture<JsonNode> call(ApiCall call);

    /** The id of the signed-in user; null if there is none. */
    String me();

    BackoffSettings backoff();

    /** The number of messages that are kept of each room. */
    int maxMessages();

    /** Calls these listeners of the room, and those of the client. */
    void publish(Listeners listeners, RoomEvent event);
}
