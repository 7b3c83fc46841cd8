package io.heliograph.message.changefeed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** Limits of long polls of the change feed. */
@ConfigMapping(prefix = "heliograph.change-feed")
interface ChangeFeedConfig {

    /**
     * Waiting requests of one user on this replica; further ones get {@code 429 too_many_waits}. A backend has one
     * waiting request for each room, so this is the number of rooms that it can follow without webhooks or a WebSocket.
     */
    @WithDefault("100")
    @Min(1)
    int maxWaitsPerUser();

    /** Waiting requests on this replica, at some 10 KB each; further ones get {@code 503 overloaded}. */
    @WithDefault("5000")
    @Min(1)
    int maxWaits();
}
