package io.heliograph.message.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The update of the search index, and the cost of searches. */
@ConfigMapping(prefix = "heliograph.search")
interface SearchConfig {

    /** From a change to its being indexed: long enough to take many changes at once. */
    @WithDefault("1S")
    Duration indexInterval();

    /** Changes indexed in one transaction: some hundred milliseconds of the database. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int indexChunk();

    /**
     * How many times as long as it worked the indexer rests: 4 leaves it a fifth of one core of the database. 0 is for an
     * index that is to be made anew quickly.
     */
    @WithDefault("4")
    @Min(0)
    @Max(100)
    int indexPauseFactor();

    /**
     * How often all rooms are compared with their index, to find the work of a replica that died. It reads every room.
     */
    @WithDefault("300S")
    Duration sweepInterval();

    /** Searches under way on this replica: a quarter of its connections, so that sends and history keep the others. */
    @WithDefault("4")
    @Min(1)
    int maxConcurrent();

    /** Searches of one person under way on this replica. */
    @WithDefault("2")
    @Min(1)
    int maxConcurrentPerPerson();

    /** Searches that wait; past it they get {@code 503 overloaded}. At 10 ms each they are done within half a second. */
    @WithDefault("200")
    @Min(0)
    int maxWaiting();

    /** Searches of one person that wait; past it they get {@code 429 too_many_at_once}. More than anybody types. */
    @WithDefault("20")
    @Min(0)
    int maxWaitingPerPerson();

    /**
     * Messages that one request examines, at some microseconds each, and 16 for each step through the index. A page
     * that reaches this ends early, and is continued by its {@code next}.
     */
    @WithDefault("16384")
    @Min(1)
    @Max(1_000_000)
    int maxExamined();
}
