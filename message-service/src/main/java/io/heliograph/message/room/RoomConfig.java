package io.heliograph.message.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the messages of removed rooms are deleted. */
@ConfigMapping(prefix = "heliograph.rooms")
interface RoomConfig {

    /** Messages deleted in one transaction: some tens of milliseconds of the database. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int purgeChunk();

    /** How often it is looked for rooms that another replica left half deleted. Nobody waits for it. */
    @WithDefault("60S")
    Duration purgeInterval();
}
