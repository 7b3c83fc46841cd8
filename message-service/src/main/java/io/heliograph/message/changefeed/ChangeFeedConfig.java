package io.heliograph.message.changefeed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How many requests may wait for a change of a room. */
@ConfigMapping(prefix = "heliograph.change-feed")
interface ChangeFeedConfig {

    /**
     * Requests of one user that wait on this replica; past it they get {@code 429 too_many_waits}. A backend waits in
     * one request for each room, so this is the number of rooms that it can follow without webhooks or a socket.
     */
    @WithDefault("100")
    @Min(1)
    int maxWaitsPerUser();

    /** Requests that wait on this replica, at some 10 KB each; past it they get {@code 503 overloaded}. */
    @WithDefault("5000")
    @Min(1)
    int maxWaits();
}
