package io.heliograph.message.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How long messages are kept, and how their content is removed. */
@ConfigMapping(prefix = "heliograph.retention")
interface RetentionConfig {

    /** Days after which the content of messages is removed, in all rooms; 0 keeps it. A room may keep it for less. */
    @WithDefault("0")
    @Min(0)
    @Max(Retention.MAX_DAYS)
    int days();

    /** How often the content of old messages is removed. */
    @WithDefault("10M")
    Duration sweepInterval();

    /** Messages whose content is removed in one transaction, which holds the lock of the room: some milliseconds. */
    @WithDefault("200")
    @Min(1)
    @Max(1000)
    int batchSize();

    /**
     * The pause after each transaction. With the batch size it bounds the rate of removals, which are published to the
     * connections that have joined the room, and to webhooks.
     */
    @WithDefault("0.2S")
    Duration pause();

    /** How long the others wait for a replica that removes content and has stopped renewing its lease. */
    @WithDefault("1M")
    Duration lease();
}
