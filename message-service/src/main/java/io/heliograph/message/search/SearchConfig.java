package io.heliograph.message.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the search index follows the rooms. */
@ConfigMapping(prefix = "heliograph.search")
interface SearchConfig {

    /** From a change to its being indexed: long enough to take many changes at once. Searches find it before that. */
    @WithDefault("1S")
    Duration indexInterval();

    /** Changes indexed in one transaction: some tens of milliseconds of the database. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int indexChunk();

    /**
     * How often all rooms are compared with their index, for what a replica that died had yet to do. It looks at every
     * room.
     */
    @WithDefault("300S")
    Duration sweepInterval();
}
