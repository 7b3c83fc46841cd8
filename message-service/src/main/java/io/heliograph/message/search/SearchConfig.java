package io.heliograph.message.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The update of the search index, and the cost of searches. */
@ConfigMapping(prefix = "heliograph.search")
interface SearchConfig {

    /** The time from a change to its indexing: long enough to index many changes together. */
    @WithDefault("1S")
    Duration indexInterval();

    /** Changes indexed in one transaction: some hundred milliseconds of the database. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int indexChunk();

    /**
     * The pause of the indexer as a multiple of the time that it worked: with 4 it takes a fifth of one core of the
     * database. 0 is for a fast rebuild of the index.
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

    /** Concurrent searches on this replica: a quarter of its connections, so that sends and history keep the others. */
    @WithDefault("4")
    @Min(1)
    int maxConcurrent();

    /** Concurrent searches of one user on this replica. */
    @WithDefault("2")
    @Min(1)
    int maxConcurrentPerPerson();

    /**
     * Searches that wait; past it they get {@code 503 overloaded}. At 10 ms each they are completed within half a
     * second.
     */
    @WithDefault("200")
    @Min(0)
    int maxWaiting();

    /** Searches of one user that wait; past it they get {@code 429 too_many_at_once}. More than a user types. */
    @WithDefault("20")
    @Min(0)
    int maxWaitingPerPerson();

    /**
     * Messages that one request examines, at some microseconds each; each step through the index counts as 16. A page
     * that reaches this ends early, and is continued by its {@code next}.
     */
    @WithDefault("16384")
    @Min(1)
    @Max(1_000_000)
    int maxExamined();
}
