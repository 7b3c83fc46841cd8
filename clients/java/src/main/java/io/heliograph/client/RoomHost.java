package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** The shared resources of the rooms of a client. */
interface RoomHost {

    ClientContext context();

    Connection connection();

    Outbox outbox();

    /** As the caller. */
    CompletableFuture<JsonNode> call(ApiCall call);

    /** The id of who is signed in; null if nobody is. */
    String me();

    BackoffSettings backoff();

    /** How many messages are kept of each room. */
    int maxMessages();

    /** Calls these listeners of the room, and those of the client. */
    void publish(Listeners listeners, RoomEvent event);
}
