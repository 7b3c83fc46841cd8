package io.heliograph.message.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How it is kept known who is online, and who is told. */
@ConfigMapping(prefix = "heliograph.presence")
interface PresenceConfig {

    /** How often a replica renews in Redis what it knows, and learns what others know: the longest a loss is believed. */
    @WithDefault("10S")
    Duration refreshInterval();

    /** How long the people of a replica that died stay online: long enough for two renewals to fail. */
    @WithDefault("30S")
    Duration expiry();

    /** From a failure of Redis to the next try. */
    @WithDefault("1S")
    Duration retryDelay();

    /** How long someone who left still counts as online, so that nobody is told of a mere reconnect. */
    @WithDefault("2S")
    Duration linger();

    /** How long Redis may take for one batch. A first join of a room waits for it, at most this long. */
    @WithDefault("0.5S")
    Duration timeout();

    /** Rooms, or comings and goings, in one batch: some milliseconds of Redis. */
    @WithDefault("200")
    @Min(1)
    int batch();

    /**
     * In rooms with more people online nobody is told who comes, goes, types or reads: n people who are told of each
     * other are n² frames. They are counted as ever.
     */
    @WithDefault("500")
    @Min(0)
    int maxTold();
}
