package io.heliograph.message.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How what is gone is cleared away: the messages of removed rooms, and deleted accounts from their rooms. */
@ConfigMapping(prefix = "heliograph.rooms")
interface RoomConfig {

    /** Messages deleted in one transaction: some tens of milliseconds of the database. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int purgeChunk();

    /** Rooms that a deleted account leaves in one transaction, which holds their locks: some milliseconds. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int leaveChunk();

    /** How often it is looked for what another replica left half done. Nobody waits for it. */
    @WithDefault("60S")
    Duration purgeInterval();
}
