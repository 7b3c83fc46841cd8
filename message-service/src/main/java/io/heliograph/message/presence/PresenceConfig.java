package io.heliograph.message.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How presence is kept up to date, and which rooms publish it. */
@ConfigMapping(prefix = "heliograph.presence")
interface PresenceConfig {

    /**
     * How often a replica renews its entries in Redis and reads those of others: the longest time for which a lost
     * event has an effect.
     */
    @WithDefault("10S")
    Duration refreshInterval();

    /** How long the users of a replica that died stay online: long enough for two renewals to fail. */
    @WithDefault("30S")
    Duration expiry();

    /** The time from a failure of Redis to the next attempt. */
    @WithDefault("1S")
    Duration retryDelay();

    /**
     * How long a user who left still counts as online, so that a reconnect is not published. While clients wait for
     * admission it is {@code expiry}, as the user may be one of them.
     */
    @WithDefault("2S")
    Duration linger();

    /** How long Redis may take for one batch. A first join of a room waits for it, at most this long. */
    @WithDefault("0.5S")
    Duration timeout();

    /** Rooms, or presence events, in one batch: some milliseconds of Redis. */
    @WithDefault("200")
    @Min(1)
    int batchSize();

    /**
     * In rooms with more users online, presence, typing and read events are not published: n users who get the events
     * of each other are n² frames. They are still counted.
     */
    @WithDefault("500")
    @Min(0)
    int maxNotified();
}
